package import Values

/// How a report came to be, in the words of other people's tools: an in-toto Statement v1 whose predicate is SLSA
/// provenance v1, made of an entry of the trail.
///
/// Subjects are the files of the report; what went into it are resolved dependencies, told apart by the annotation
/// `report_role`; parameters and the seed are external parameters. Nothing in it tells the time, the person, or the entry's
/// number, so another build of the same comes to the same bytes.
/// Sources: in-toto attestation framework, `spec/v1/statement.md` and `resource_descriptor.md`; SLSA, `build-provenance`.
package enum ProvenanceStatement {
    package static let type = "https://in-toto.io/Statement/v1"
    package static let predicateType = "https://slsa.dev/provenance/v1"
    /// What `report build` does with an analysis: the template that parameters and dependencies are read by.
    package static let buildType = "urn:report:build:v1"
    /// Whoever holds the signing key, on a machine of their own: SLSA Build L1, the signer's word.
    package static let builder = "urn:report:signer:v1"

    package static func value(of entry: LedgerEntry) -> Value {
        [
            "_type": .string(type),
            "subject": .list(entry.files.map { subject($0) }),
            "predicateType": .string(predicateType),
            "predicate": [
                "buildDefinition": [
                    "buildType": .string(buildType),
                    "externalParameters": [
                        "analysis": .string(entry.analysis), "report": .string(entry.report),
                        "parameters": .object(entry.parameters), "seed": .string(String(entry.seed)),
                        "options": .object(entry.options),
                    ],
                    "resolvedDependencies": .list(dependencies(of: entry)),
                ],
                "runDetails": .object(run(of: entry)),
            ],
        ]
    }

    private static func subject(_ file: LedgerEntry.File) -> Value {
        ["name": .string(file.path), "digest": ["sha256": .string(file.sha256)]]
    }

    private static func dependencies(of entry: LedgerEntry) -> [Value] {
        var list = [dependency(entry.source, role: "source")]
        list += entry.includes.map { dependency($0, role: "include") }
        list += entry.data.map { dependency($0, role: "data") }
        if let commit = entry.commit {
            list.append([
                "name": "repository", "digest": ["gitCommit": .string(commit.revision)],
                "annotations": ["report_role": "repository", "report_dirty": .boolean(commit.isDirty)],
            ])
        }
        return list
    }

    private static func dependency(_ file: LedgerEntry.File, role: String) -> Value {
        [
            "name": .string(file.path), "digest": ["sha256": .string(file.sha256)],
            "annotations": ["report_role": .string(role), "report_bytes": Value(file.bytes)],
        ]
    }

    /// The program and the results: what people look for first when two builds differ.
    private static func run(of entry: LedgerEntry) -> Object {
        var builder: Object = ["id": .string(Self.builder), "version": ["report": .string(entry.tool.version)]]
        if let build = entry.tool.build {
            builder["builderDependencies"] = [["name": "report", "digest": ["sha256": .string(build)]]]
        }
        return [
            "builder": .object(builder),
            "byproducts": [
                ["name": "results", "digest": ["sha256": .string(entry.results)]],
                ["name": "record", "digest": ["sha256": .string(entry.record)]],
            ],
        ]
    }
}
