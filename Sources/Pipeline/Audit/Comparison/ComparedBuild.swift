package import Ledger
package import Values

/// One of two builds that are compared: of an entry of the trail, or of a results file.
package struct ComparedBuild: Sendable {
    /// "entry 7", or the results file as it was typed.
    package var name: String
    /// When it was built, where that is known.
    package var time: String?
    package var report: String
    package var numbers: [EntryRecord.Number]
    package var claims: [LedgerEntry.Claim]
    package var source: LedgerEntry.File
    /// nil where they are not known: a results file does not tell.
    package var includes: [LedgerEntry.File]?
    package var data: [LedgerEntry.File]
    package var parameters: Object
    package var seed: String
    /// nil where it is not known.
    package var tool: String?
    /// The commit, where there is one.
    package var commit: String?

    /// An entry with the numbers that it binds.
    package init(_ entry: LedgerEntry, number: Int, _ record: EntryRecord) {
        name = "entry \(number)"
        time = entry.time
        report = entry.report
        numbers = record.numbers
        claims = entry.claims
        source = entry.source
        includes = entry.includes
        data = entry.data
        parameters = entry.parameters
        seed = String(entry.seed)
        tool = entry.tool.version
        commit = entry.commit.map { $0.revision + ($0.isDirty ? " and changes" : "") }
    }

    package init(
        name: String, report: String, numbers: [EntryRecord.Number], claims: [LedgerEntry.Claim] = [],
        source: LedgerEntry.File,
        data: [LedgerEntry.File] = [], parameters: Object = [:], seed: String
    ) {
        self.name = name
        self.report = report
        self.numbers = numbers
        self.claims = claims
        self.source = source
        self.data = data
        self.parameters = parameters
        self.seed = seed
    }
}
