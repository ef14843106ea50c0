package import Markup

/// What a drawing shows, found by walking its markup: places, radii, texts with their places, and titles. It knows
/// SVG's shapes, translations, and absolute and relative path data, so that two ways to write one drawing can be held
/// against each other.
package struct DrawnContent {
    package struct Place: Hashable {
        package var x: Double
        package var y: Double
    }

    /// Lines from place to place; one that closes returns to its first.
    package private(set) var strokes: [[Place]] = []
    package private(set) var circles: [(centre: Place, radius: Double)] = []
    package private(set) var texts: [(text: String, place: Place)] = []
    package private(set) var titles: [String] = []
    package private(set) var reachableCount = 0

    package init(_ node: MarkupNode) { visit(node, Place(x: 0, y: 0), []) }

    private mutating func visit(_ node: MarkupNode, _ origin: Place, _ classes: [Substring]) {
        switch node {
        case .text, .serialised: return
        case .fragment(let nodes): for node in nodes { visit(node, origin, classes) }
        case .element(let element): visit(element, origin, classes)
        }
    }

    private mutating func visit(_ element: MarkupNode.Element, _ outer: Place, _ outerClasses: [Substring]) {
        func text(_ name: String) -> String? { element.attributes.first { $0.name == name }?.value }
        func number(_ name: String) -> Double { text(name).flatMap { Double($0) } ?? 0 }
        var origin = outer
        if let transform = text("transform"), transform.hasPrefix("translate(") {
            let numbers = transform.dropFirst(10).prefix { $0 != ")" }.split(separator: " ").compactMap { Double($0) }
            origin = Place(x: outer.x + numbers[0], y: outer.y + (numbers.count > 1 ? numbers[1] : 0))
        }
        let classes = outerClasses + (text("class") ?? "").split(separator: " ")
        func place(_ x: Double, _ y: Double) -> Place { Place(x: origin.x + x, y: origin.y + y) }
        if text("tabindex") == "0" { reachableCount += 1 }
        switch element.name {
        case "line": strokes.append([place(number("x1"), number("y1")), place(number("x2"), number("y2"))])
        case "rect":
            let (x, y, right, bottom) = (
                number("x"), number("y"), number("x") + number("width"), number("y") + number("height")
            )
            strokes.append([place(x, y), place(right, y), place(right, bottom), place(x, bottom), place(x, y)])
        case "circle":
            circles.append((place(number("cx"), number("cy")), number("r")))
        case "path":
            for run in DrawnContent.runs(text("d") ?? "") {
                let places = run.map { place($0.x, $0.y) }
                // A line without length is the dot that its round ends make.
                if places.count == 2, places[0] == places[1] {
                    circles.append((places[0], DrawnContent.radius(classes) ?? 0))
                } else {
                    strokes.append(places)
                }
            }
        case "text":
            let own = element.children.compactMap { if case .text(let text) = $0 { text } else { nil } }
            texts.append((own.joined(), place(number("x"), number("y"))))
        case "title":
            titles += element.children.compactMap { if case .text(let text) = $0 { text } else { nil } }
        default: break
        }
        for child in element.children { visit(child, origin, classes) }
    }

    /// The radius that a class says in tenths.
    private static func radius(_ classes: [Substring]) -> Double? {
        classes.compactMap { $0.first == "r" ? Double($0.dropFirst()) : nil }.last.map { $0 / 10 }
    }

    /// The runs of path data of straight lines.
    private static func runs(_ data: String) -> [[Place]] {
        var runs: [[Place]] = []
        var at = Place(x: 0, y: 0)
        for (letter, numbers) in commands(data) {
            let isRelative = letter.isLowercase
            switch letter {
            case "M", "m", "L", "l":
                for (index, start) in stride(from: 0, to: numbers.count - 1, by: 2).enumerated() {
                    let base = isRelative ? at : Place(x: 0, y: 0)
                    at = Place(x: base.x + numbers[start], y: base.y + numbers[start + 1])
                    if index == 0, letter == "M" || letter == "m" {
                        runs.append([at])
                    } else {
                        runs[runs.count - 1].append(at)
                    }
                }
            case "H", "h", "V", "v":
                for number in numbers {
                    if letter == "H" || letter == "h" {
                        at.x = (isRelative ? at.x : 0) + number
                    } else {
                        at.y = (isRelative ? at.y : 0) + number
                    }
                    runs[runs.count - 1].append(at)
                }
            case "Z", "z":
                at = runs[runs.count - 1][0]
                runs[runs.count - 1].append(at)
            default: break
            }
        }
        return runs
    }

    private static func commands(_ data: String) -> [(letter: Character, numbers: [Double])] {
        var commands: [(letter: Character, numbers: [Double])] = []
        var word = ""
        func flush() {
            if let number = Double(word), !commands.isEmpty { commands[commands.count - 1].numbers.append(number) }
            word = ""
        }
        for character in data {
            if character.isLetter {
                flush()
                commands.append((character, []))
            } else if character == "," || character == " " {
                flush()
            } else {
                // A minus, or a second point, begins a number.
                if character == "-" || character == "." && word.contains(".") { flush() }
                word.append(character)
            }
        }
        flush()
        return commands
    }
}
