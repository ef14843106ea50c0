import Datasets
import Diagnostics
import Documents
import Workspace

/// Whether any unit stands twice in an experiment: a hash of each while rows are read, and the names of those whose hash
/// stands twice in a second reading, so that two names with one hash are no duplicate.
struct UnitNames: Sendable {
    private var hashes: [UInt64] = []

    /// Takes the hashes of further units.
    mutating func add(_ hashes: [UInt64]) { self.hashes.append(contentsOf: hashes) }

    /// A unit that stands twice.
    struct Duplicate: Sendable {
        var experiment: String
        var name: String
        /// Of its first two rows.
        var variants: [String]
        var places: [String]
    }

    /// What `tell` names; of very many duplicates some are enough.
    private static let limit = 4096

    /// Reads the rows again where hashes stand twice, and tells which units do; true where none does.
    mutating func tell(_ request: UnitsRequest, _ context: inout StepContext) throws(StepFailure) -> Bool {
        hashes.sort()
        var doubled: [UInt64] = []
        var extra = 0
        for index in hashes.indices.dropFirst() where hashes[index] == hashes[index - 1] {
            extra += 1
            if doubled.last != hashes[index] { doubled.append(hashes[index]) }
        }
        guard let column = request.unit, !doubled.isEmpty else { return true }
        let found: [Duplicate]
        do throws(DataFault) {
            found = try duplicates(among: Set(doubled.prefix(UnitNames.limit)), column, request, context)
        } catch {
            throw context.fail(.badData(error, at: context.range(of: "data"), columns: request.rows.frame.columns))
        }
        guard !found.isEmpty else { return true }
        let between = found.count { $0.variants[0] != $0.variants[1] }
        let notes = found.prefix(3).map { duplicate in
            Diagnostic.Note(
                "\(duplicate.name) of experiment \(duplicate.experiment): \(duplicate.variants[0]) at \(duplicate.places[0]), "
                    + "\(duplicate.variants[1]) at \(duplicate.places[1])")
        }
        let isWhole = doubled.count <= UnitNames.limit
        let count = "\(isWhole ? found.count : doubled.count) units stand more than once"
        let arms = isWhole ? ", \(between) of them in two arms" : ""
        _ = context.fail(
            .error(
                .duplicateUnit, "A unit stands once in an experiment", at: context.range(of: "unit"),
                notes: [.init("\(count)\(arms), in \(extra) rows too many")] + notes
                    + [
                        .init(
                            "`where` of the data keeps one row of each; rows that belong together are a cluster: "
                                + "`cluster` in place of `unit`")
                    ]))
        return false
    }

    /// Units with one of the hashes that stand twice, in the order of their second row.
    private func duplicates(
        among wanted: Set<UInt64>, _ column: Int, _ request: UnitsRequest, _ context: StepContext
    ) throws(DataFault) -> [Duplicate] {
        var first: [String: (variant: String, place: String)] = [:]
        var told: Set<String> = []
        var found: [Duplicate] = []
        try request.rows.forEachRow(in: context.workspace.files) { (row, experiment, variant, _, _) throws(DataFault) in
            guard let bytes = try row.utf8(column), wanted.contains(UnitNames.hash(bytes, of: experiment)) else {
                return
            }
            let name = String(decoding: bytes, as: UTF8.self)
            let key = "\(experiment)\u{0}\(name)"
            guard let other = first[key] else {
                first[key] = (variant, row.place)
                return
            }
            guard told.insert(key).inserted else { return }
            found.append(
                Duplicate(
                    experiment: experiment, name: name, variants: [other.variant, variant],
                    places: [other.place, row.place]))
        }
        return found
    }

    /// FNV-1a over both names, and a finish that spreads it.
    static func hash(_ name: UnsafeBufferPointer<UInt8>, of experiment: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in experiment.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash ^= hash >> 32
        hash = hash &* 0xD6E8_FEB8_6659_FD93
        return hash ^ hash >> 32
    }
}

extension DiagnosticCode {
    static let duplicateUnit = DiagnosticCode(612, "duplicate-unit")
}
