package import Values

/// What one build of one report came to: a leaf of the audit trail.
///
/// Everything that decided the report is in it or is bound by it: `record` is the digest of a file of the trail that holds
/// the numbers (`EntryRecord`), which are too many for a leaf. Its bytes are the canonical JSON (RFC 8785) of `value`, at
/// most 65,535 of them (C2SP tlog-tiles).
package struct LedgerEntry: Sendable, Hashable {
    /// A file as it was: its path, its size in bytes and its SHA-256 in hexadecimal.
    package struct File: Sendable, Hashable {
        package var path: String
        package var bytes: Int
        package var sha256: String

        package init(path: String, bytes: Int, sha256: String) {
            self.path = path
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    /// The program that built the report: its version, and the SHA-256 of its own file where that could be read.
    package struct Tool: Sendable, Hashable {
        package var version: String
        package var build: String?

        package init(version: String, build: String?) {
            self.version = version
            self.build = build
        }
    }

    /// Where the project's git repository stood.
    package struct Commit: Sendable, Hashable {
        /// The object name of HEAD, in hexadecimal.
        package var revision: String
        /// Whether a file of the build (source, include, data, settings) differed from that commit.
        package var isDirty: Bool

        package init(revision: String, isDirty: Bool) {
            self.revision = revision
            self.isDirty = isDirty
        }
    }

    package struct Claim: Sendable, Hashable {
        package var path: String
        package var text: String
        /// What it states beside its number, in words such as `> 0`; nil where the number is all of it.
        package var condition: String?
        package var holds: Bool

        package init(path: String, text: String, condition: String? = nil, holds: Bool) {
            self.path = path
            self.text = text
            self.condition = condition
            self.holds = holds
        }
    }

    /// A diagnostic of the build, which had no errors.
    package struct Notice: Sendable, Hashable {
        package var code: String
        package var severity: String
        package var message: String
        /// Where it was said: file:line:column; nil where it has no place.
        package var place: String?

        package init(code: String, severity: String, message: String, place: String?) {
            self.code = code
            self.severity = severity
            self.message = message
            self.place = place
        }
    }

    /// The analysis's path from the project's root.
    package var analysis: String
    /// The report's name in the output folder, without ending: what tells reports of a sweep apart.
    package var report: String
    /// When the entry was made: RFC 3339, UTC, whole seconds, as `2026-11-28T23:01:07Z`. The signer's word, not a proof.
    package var time: String
    /// The number of this report's entry before this one.
    package var previous: Int?
    /// Why, in the words of whoever built it.
    package var note: String?
    /// Who built it, as git names its user: `Name <address>`.
    package var author: String?
    package var source: File
    /// Included files, bibliographies, images, templates, `report.yaml`: all that was read beside source and data.
    package var includes: [File]
    package var data: [File]
    package var parameters: Object
    package var seed: UInt64
    /// What the command line asked for beside them that a report depends on, by the options' names; empty where it did not:
    /// `markdown`, and `sweep` as pairs of a name and its values.
    package var options: Object
    package var tool: Tool
    package var commit: Commit?
    /// The SHA-256 of all results, which the report's provenance prints: of the canonical JSON of a mapping from each
    /// directive's id to the `digest` that the results file has for it. Where a directive stands in the text is no part of it.
    package var results: String
    /// The SHA-256 of the `EntryRecord`.
    package var record: String
    /// Every file written for the report, by its path in the output folder.
    package var files: [File]
    package var claims: [Claim]
    package var notices: [Notice]
    /// Lists that stand in the record, because the leaf would else be too long: it has their counts and digests.
    package var moved: [List] = []
    /// Of an entry that ends its report instead of telling a build of it; nil of all others.
    package var removal: Removal?

    /// The lists that may be moved, in the order in which they are.
    package enum List: String, Sendable, CaseIterable {
        case claims
        case diagnostics
        case files
        case includes
        case data
    }

    package init(
        analysis: String, report: String, time: String, previous: Int? = nil, note: String? = nil,
        author: String? = nil, source: File, includes: [File] = [], data: [File] = [], parameters: Object = [:],
        seed: UInt64, options: Object = [:], tool: Tool, commit: Commit? = nil, results: String, record: String,
        files: [File],
        claims: [Claim] = [], notices: [Notice] = []
    ) {
        self.analysis = analysis
        self.report = report
        self.time = time
        self.previous = previous
        self.note = note
        self.author = author
        self.source = source
        self.includes = includes
        self.data = data
        self.parameters = parameters
        self.seed = seed
        self.options = options
        self.tool = tool
        self.commit = commit
        self.results = results
        self.record = record
        self.files = files
        self.claims = claims
        self.notices = notices
    }
}
