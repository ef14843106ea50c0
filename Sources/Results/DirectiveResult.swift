package import Diagnostics
package import Digests
package import Values

/// What a directive made: its values with their digest, what it read, and what of it is shown.
package struct DirectiveResult: Sendable {
    package var directive: String
    package var id: String
    package var range: SourceRange
    /// The ids of the directives it named, in order of first mention.
    package var inputs: [String]
    /// The files it read, for `data`.
    package var sources: [DataSource]
    /// The queries it sent.
    package var queries: [QueryProvenance]
    package var values: Value
    /// SHA-256 of the canonical JSON of `values`.
    package let digest: String
    package var table: TableModel?
    package var figure: FigureModel?
    /// Sentences that must stand beside the numbers: what they rest on.
    package var assumptions: [String]
    /// Warnings of the method, set in the flow where its numbers stand.
    package var warnings: [String]

    package init(
        directive: String, id: String, range: SourceRange, inputs: [String], sources: [DataSource] = [],
        queries: [QueryProvenance] = [], values: Value, table: TableModel? = nil, figure: FigureModel? = nil,
        assumptions: [String] = [],
        warnings: [String] = []
    ) {
        self.directive = directive
        self.id = id
        self.range = range
        self.inputs = inputs
        self.sources = sources
        self.queries = queries
        self.values = values
        digest = values.digest
        self.table = table
        self.figure = figure
        self.assumptions = assumptions
        self.warnings = warnings
    }
}

/// A file that was read, as it was when it was read.
package struct DataSource: Sendable, Hashable {
    /// Relative to the project's root.
    package var path: String
    package var bytes: Int
    package var sha256: String

    package init(path: String, bytes: Int, sha256: String) {
        self.path = path
        self.bytes = bytes
        self.sha256 = sha256
    }
}

/// A query that was sent to an engine, and what came back.
package struct QueryProvenance: Sendable, Hashable {
    package var engine: String
    package var version: String
    package var sql: String
    package var rows: Int
    /// SHA-256 of the cells that came.
    package var sha256: String
    /// What tells the state of the data that was asked; nil for nothing.
    package var pin: String?

    package init(engine: String, version: String, sql: String, rows: Int, sha256: String, pin: String?) {
        self.engine = engine
        self.version = version
        self.sql = sql
        self.rows = rows
        self.sha256 = sha256
        self.pin = pin
    }

    package var value: Value {
        [
            "engine": .string(engine), "version": .string(version), "sql": .string(sql), "rows": Value(rows),
            "sha256": .string(sha256), "pin": pin.map { .string($0) } ?? .null,
        ]
    }

    package init?(_ value: Value) {
        guard let engine = value["engine"]?.string, let version = value["version"]?.string,
            let sql = value["sql"]?.string, let rows = value["rows"]?.number.flatMap({ Int(exactly: $0) }),
            let sha256 = value["sha256"]?.string
        else { return nil }
        self.init(
            engine: engine, version: version, sql: sql, rows: rows, sha256: sha256, pin: value["pin"]?.string)
    }
}

/// Everything that an analysis computed.
package struct AnalysisResults: Sendable {
    package var seed: UInt64
    package var params: Object
    /// `meta`: title, date, authors of the front matter.
    package var meta: Object
    /// Of which units a draft is made; nil where it is of all, and no draft.
    package var sample: UnitSample?
    /// In order of the directives' places in the file; a directive that failed is absent.
    package var results: [DirectiveResult]

    package init(
        seed: UInt64, params: Object, meta: Object, sample: UnitSample? = nil, results: [DirectiveResult]
    ) {
        self.seed = seed
        self.sample = sample
        self.params = params
        self.meta = meta
        self.results = results
    }

    package subscript(id: String) -> DirectiveResult? { results.first { $0.id == id } }

    /// What paths walk: every directive's values by its id, and `params` and `meta`.
    package var root: Value {
        var root = Object(results.map { ($0.id, $0.values) })
        root["params"] = .object(params)
        root["meta"] = .object(meta)
        return .object(root)
    }
}
