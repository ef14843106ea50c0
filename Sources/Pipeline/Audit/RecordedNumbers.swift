import Ledger
import Reports
import Results
import Values

extension EntryRecord {
    /// The numbers of a report: what its directives made, without rows, and what the prose quotes, rows or not.
    init(of report: Report) {
        let results = report.results.results.map { (id: $0.id, directive: $0.directive, values: $0.values) }
        self.init(of: results, quoted: RecordedNumbers.quoted(in: report))
    }

    /// - Parameters:
    ///   - results: The id and the word of each directive, and what it made.
    ///   - quoted: What the prose quotes or claims, in its order.
    init(of results: [(id: String, directive: String, values: Value)], quoted: [ResultPath]) {
        var numbers = RecordedNumbers(quoted: quoted)
        for result in results { numbers.add(result.id, result.directive, result.values) }
        self.init(numbers: numbers.found)
    }
}

/// Numbers as they are found in results.
private struct RecordedNumbers {
    private(set) var found: [EntryRecord.Number] = []
    /// In the order of the analysis.
    private let quoted: [ResultPath]
    private let keys: Set<ResultPath>

    init(quoted: [ResultPath]) {
        self.quoted = quoted
        keys = Set(quoted)
    }

    /// What the prose quotes or claims.
    static func quoted(in report: Report) -> [ResultPath] {
        report.orderedValues.map(\.path) + report.orderedClaims.map(\.path)
    }

    mutating func add(_ id: String, _ directive: String, _ values: Value) {
        let root = ResultPath([.name(id)])
        let first = found.count
        // What shows a result has its numbers from there.
        if !["table", "figure"].contains(directive) { visit(values, root) }
        var known = Set(found[first...].map(\.path))
        for path in quoted where path.root == id {
            guard let value = values[path.tail] else { continue }
            // An interval or an error is quoted of the estimate that it belongs to.
            let owner = RecordedNumbers.owner(of: path)
            let whole = owner.flatMap { values[$0.tail] }
            for (place, candidate) in [(owner, whole), (path, value)] {
                guard let place, let candidate, let number = RecordedNumbers.number(candidate, place) else { continue }
                if known.insert(number.path).inserted { found.append(number) }
                break
            }
        }
        for index in found.indices[first...] where isKey(found[index].path) { found[index].isKey = true }
    }

    private mutating func visit(_ value: Value, _ path: ResultPath) {
        if let number = RecordedNumbers.number(value, path) { found.append(number) }
        guard let object = value.object else { return }
        let told = RecordedNumbers.told(object)
        for (key, member) in object where !told.contains(key) { visit(member, path + key) }
    }

    /// A number, or an object that is about one: an estimate, or the median of a posterior.
    private static func number(_ value: Value, _ path: ResultPath) -> EntryRecord.Number? {
        if let number = value.number { return EntryRecord.Number(path: path.description, value: number, isKey: false) }
        guard let object = value.object else { return nil }
        let estimate = object["estimate"]?.number
        guard let number = estimate ?? median(object) else { return nil }
        let place = estimate == nil ? path + "median" : path
        return EntryRecord.Number(
            path: place.description, value: number, error: object["se"]?.number ?? object["sd"]?.number,
            interval: bounds(object["interval"]), isKey: false)
    }

    /// Of an object with an interval; one without is a summary of data.
    private static func median(_ object: Object) -> Double? {
        bounds(object["interval"]) == nil ? nil : object["median"]?.number
    }

    /// The members that a number takes in.
    private static func told(_ object: Object) -> Set<String> {
        if let estimate = object["estimate"]?.number {
            // Where the median is what is estimated, it is not told twice.
            let told: Set<String> = ["estimate", "se", "sd", "interval"]
            return object["median"]?.number == estimate ? told.union(["median"]) : told
        }
        return median(object) == nil ? [] : ["median", "se", "sd", "interval"]
    }

    private static func bounds(_ value: Value?) -> EntryRecord.Interval? {
        guard let bounds = value?.list, bounds.count == 2, bounds.allSatisfy({ $0 == .null || $0.number != nil })
        else { return nil }
        return EntryRecord.Interval(lower: bounds[0].number, upper: bounds[1].number)
    }

    /// The object that a member is about: of `mu.estimate`, `mu.interval` and the like `mu`.
    private static func owner(of path: ResultPath) -> ResultPath? {
        guard path.components.count > 1, case .name(let last) = path.components[path.components.count - 1],
            ["estimate", "median", "interval", "se", "sd"].contains(last)
        else { return nil }
        return ResultPath(Array(path.components.dropLast()))
    }

    private func isKey(_ text: String) -> Bool {
        guard var path = ResultPath(parsing: text) else { return false }
        if keys.contains(path) { return true }
        if path.components.last == .name("median") { path = ResultPath(Array(path.components.dropLast())) }
        return keys.contains(path)
            || ["estimate", "median", "interval", "se", "sd"].contains { keys.contains(path + $0) }
    }
}
