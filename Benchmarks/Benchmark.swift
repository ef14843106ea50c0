/// One line of the table: what is timed, and what its time is held against.
struct Benchmark: Sendable {
    var name: String
    /// What one unit of the time is: "study", "draw".
    var unit: String
    /// Seconds for one unit.
    var measure: @Sendable () throws -> Double
    /// Another way's seconds for the same, with its name: asked for only where the row is printed, for it may take minutes.
    var reference: @Sendable () -> (seconds: Double, name: String)?
    /// What must be asked for to have it, where it takes minutes.
    var word: String?

    init(
        _ name: String, unit: String,
        reference: @escaping @autoclosure @Sendable () -> (seconds: Double, name: String)? = nil,
        onlyFor word: String? = nil,
        measure: @escaping @Sendable () throws -> Double
    ) {
        self.name = name
        self.unit = unit
        self.reference = reference
        self.word = word
        self.measure = measure
    }

    /// A row of the Markdown table.
    func row() throws -> String {
        let seconds = try measure()
        let against = reference().map { "\(Stopwatch.text($0.seconds)) (\($0.name)): \(Int($0.seconds / seconds))×" }
        return "| \(name) | \(Stopwatch.text(seconds)) a \(unit) | \(against ?? "") |"
    }
}
