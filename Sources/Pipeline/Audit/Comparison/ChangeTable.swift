import Documents
import Ledger

/// The numbers of a comparison as rows of text, for the forms that people read.
struct ChangeTable {
    struct Row {
        /// The path, old, new, change, the change in standard errors, what flipped.
        var cells: [String]
        var hasFlip: Bool
    }

    static let heads = ["number", "old", "new", "change", "in se", ""]

    let rows: [Row]

    init(_ changes: [NumberChange]) {
        rows = changes.map { change in
            let numbers = ChangeTable.texts(change)
            let distance = change.inErrors.map { ChangeTable.text($0, places: 2, isSigned: true) } ?? ""
            let flips = change.flips.map { flip in
                switch flip {
                case .sign: "sign"
                case .significance: change.new.isSignificant == true ? "now significant" : "no more significant"
                }
            }
            let path = change.path + (change.old.isKey || change.new.isKey ? " *" : "")
            return Row(
                cells: [path] + numbers + [distance, flips.joined(separator: ", ")], hasFlip: !flips.isEmpty)
        }
    }

    /// Old, new and change with so many decimals that the change, or the standard error where that is smaller, shows two
    /// digits.
    private static func texts(_ change: NumberChange) -> [String] {
        let units = [change.change.magnitude, change.scale ?? 0].filter { $0 > 0 }
        // Counts are counts.
        let areWhole = [change.old.value, change.new.value].allSatisfy { $0 == $0.rounded() }
        let places = areWhole && change.scale == nil ? 0 : ChangeTable.places(units.min() ?? 1)
        return [
            text(change.old.value, places: places), text(change.new.value, places: places),
            text(change.change, places: places, isSigned: true),
        ]
    }

    /// How many decimals show two digits of a number above zero.
    private static func places(_ unit: Double) -> Int {
        var places = 0
        var scaled = unit
        while scaled < 10, places < 20 {
            scaled *= 10
            places += 1
        }
        return places
    }

    /// Numbers that would take more than 12 decimals or 15 digits before the point are written with a power of ten.
    private static func text(_ number: Double, places: Int, isSigned: Bool = false) -> String {
        let isWide = places > 12 || number.magnitude >= 1e15
        let format = (isSigned ? "+" : "") + (isWide ? ".6g" : ".\(places)f")
        return NumberFormat(parsing: format)?.text(number) ?? ""
    }

    /// A number that only one build has.
    static func text(alone number: Double) -> String { NumberFormat().text(number) }
}
