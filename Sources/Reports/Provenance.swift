package import Results
package import Values

/// Where a report comes from: enough to make it again, and nothing that differs between two machines.
package struct Provenance: Sendable {
    package var analysisPath: String
    package var sourceDigest: String
    /// Included files with their digests, in order of first use.
    package var includes: [(path: String, sha256: String)]
    /// Bibliographies with their digests.
    package var bibliography: [(path: String, sha256: String)] = []
    /// Each file once, in order of first use.
    package var sources: [DataSource]
    /// Queries that were sent to engines, each once.
    package var queries: [QueryProvenance] = []
    package var params: Object
    package var seed: UInt64
    package var toolVersion: String
    /// What set the formulas, with its digest; nil where there are none.
    package var typesetter: String?
    /// SHA-256 over the canonical JSON of all results' digests by id.
    package var resultsDigest: String
    /// Where the page of the report's history lies, as a link from the report; nil where it has none.
    package var history: String?
}
