/// The runs of a path: read from its data, simplified, and written again in as few characters as SVG allows.
struct Outline: Hashable {
    struct Run: Hashable {
        var places: [Spot]
        var isClosed = false
    }

    var runs: [Run]

    init(_ runs: [Run]) { self.runs = runs }

    /// Reads data of the commands that this library writes (M, L, H, V, h, Z); nil for any other.
    init?(_ data: String) {
        var reader = NumberReader(data.utf8)
        var runs: [Run] = []
        while !reader.isAtEnd {
            guard let letter = reader.letter() else { return nil }
            if letter == UInt8(ascii: "M") {
                guard let x = reader.next(), let y = reader.next() else { return nil }
                runs.append(Run(places: [Spot(x: x, y: y)]))
                continue
            }
            guard let at = runs.last?.places.last else { return nil }
            if letter == UInt8(ascii: "Z") {
                runs[runs.count - 1].isClosed = true
                continue
            }
            guard let number = reader.next() else { return nil }
            var next = at
            switch letter {
            case UInt8(ascii: "L"):
                guard let y = reader.next() else { return nil }
                next = Spot(x: number, y: y)
            case UInt8(ascii: "H"): next.x = number
            case UInt8(ascii: "V"): next.y = number
            case UInt8(ascii: "h"): next.x += number
            default: return nil
            }
            runs[runs.count - 1].places.append(next)
        }
        self.runs = runs
    }

    func moved(by shift: Spot) -> Outline {
        Outline(runs.map { Run(places: $0.places.map { $0 + shift }, isClosed: $0.isClosed) })
    }

    /// Without the places that a line between those kept passes within `tolerance` hundredths.
    func simplified(within tolerance: Double) -> Outline {
        Outline(
            runs.map { run in
                guard run.places.count > 5 else { return run }
                guard run.isClosed, let first = run.places.first else {
                    return Run(places: simplify(run.places, within: tolerance))
                }
                return Run(places: simplify(run.places + [first], within: tolerance).dropLast(), isClosed: true)
            })
    }

    /// Path data to a tenth, relative throughout, so that errors of rounding do not add up: each step ends at its
    /// place's own tenth.
    var data: String {
        var writer = PathWriter()
        for run in runs { writer.write(run) }
        return writer.text
    }
}

/// Relative path data; letters that repeat and blanks that nothing needs are left out.
private struct PathWriter {
    private(set) var text = ""
    private var at = Spot.zero
    private var letter: Character = "z"
    private var lastHasPoint = false

    mutating func write(_ run: Outline.Run) {
        guard let first = run.places.first?.tenths else { return }
        step("m", first - at)
        at = first
        // Numbers behind a move are lines.
        letter = "l"
        var isDot = true
        for place in run.places.dropFirst() {
            let step = place.tenths - at
            guard step != .zero else { continue }
            isDot = false
            self.step(step.y == 0 ? "h" : step.x == 0 ? "v" : "l", step)
            at = place.tenths
        }
        // A line without length shows where its ends are round.
        if isDot { step("h", .zero) }
        guard run.isClosed else { return }
        text.append("z")
        letter = "z"
        lastHasPoint = false
        at = first
    }

    private mutating func step(_ next: Character, _ by: Spot) {
        if next != letter || next == "m" {
            text.append(next)
            letter = next
            lastHasPoint = false
            isBehindNumber = false
        }
        if next != "v" { number(by.x) }
        if next != "h" { number(by.y) }
    }

    private var isBehindNumber = false

    private mutating func number(_ tenths: Int) {
        let written = tenthsText(tenths)
        let beginsApart = written.first == "-" || (written.first == "." && lastHasPoint)
        if isBehindNumber, !beginsApart { text.append(" ") }
        text += written
        isBehindNumber = true
        lastHasPoint = written.contains(".")
    }
}
