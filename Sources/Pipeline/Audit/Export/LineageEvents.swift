import Digests
import Ledger
import Values

/// Entries of the trail as OpenLineage run events: a START and a COMPLETE for each, since a run needs both.
///
/// The namespace of jobs and datasets is the trail's origin; a job is a report, a dataset a file under its path in the
/// project, so lineage joins where one report's file is another's data. Both events carry the time of the entry, the only
/// one that the trail knows. Source: OpenLineage 2-0-2, `spec/OpenLineage.json` and `spec/facets`.
struct LineageEvents {
    /// The checkpoint's origin.
    let origin: String
    /// The output folder's path in the project, such as `output`.
    let outputFolder: String

    private static let schema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
    private static let facets = "https://openlineage.io/spec/facets/"

    /// - Parameter ended: Of an entry that ends its report, the last build: its files are told as dropped.
    func values(of numbered: TransparencyLog.Numbered, ending ended: LedgerEntry? = nil) -> [Value] {
        let entry = numbered.entry
        let isRemoval = entry.removal != nil
        // Its bytes in the trail name the run.
        let identifier = LineageEvents.identifier(of: entry.leaf)
        return ["START", "COMPLETE"].map { type in
            [
                "eventType": .string(type), "eventTime": .string(entry.time), "producer": .string(producer(entry)),
                "schemaURL": .string(LineageEvents.schema),
                "run": ["runId": .string(identifier), "facets": run(entry, numbered.index)],
                "job": [
                    "namespace": .string(origin), "name": .string(entry.report),
                    "facets": [
                        "jobType": facet(
                            entry, "2-0-4", "JobTypeJobFacet",
                            ["processingType": "BATCH", "integration": "REPORT", "jobType": "ANALYSIS"])
                    ],
                ],
                "inputs": .list(
                    isRemoval ? [] : ([entry.source] + entry.includes + entry.data).map { input($0, entry) }),
                // Nothing was written when it began.
                "outputs": .list(
                    type == "START"
                        ? [] : entry.files.map { output($0, entry) } + (ended?.files ?? []).map { dropped($0, entry) }),
            ]
        }
    }

    private func run(_ entry: LedgerEntry, _ number: Int) -> Value {
        var parameters = entry.parameters.map { name, value in LineageEvents.parameter(name, value) }
        parameters.append(LineageEvents.parameter("--seed", .string(String(entry.seed))))
        parameters += entry.options.map { name, value in LineageEvents.parameter("--" + name, value) }
        var tags: [Value] = [
            ["key": "entry", "value": .string(String(number)), "source": "REPORT"],
            ["key": "results.sha256", "value": .string(entry.results), "source": "REPORT"],
        ]
        if let removal = entry.removal {
            tags.append(["key": "removed", "value": .string(removal.successor ?? "true"), "source": "REPORT"])
        }
        if let commit = entry.commit {
            tags.append(["key": "git.commit", "value": .string(commit.revision), "source": "REPORT"])
            tags.append(["key": "git.dirty", "value": .string(commit.isDirty ? "true" : "false"), "source": "REPORT"])
        }
        return [
            "processing_engine": facet(
                entry, "1-1-1", "ProcessingEngineRunFacet",
                ["name": "report", "version": .string(entry.tool.version)]),
            "executionParameters": facet(
                entry, "1-0-0", "ExecutionParametersRunFacet", ["parameters": .list(parameters)]),
            "tags": facet(entry, "1-0-0", "TagsRunFacet", ["tags": .list(tags)]),
        ]
    }

    private static func parameter(_ name: String, _ value: Value) -> Value {
        ["key": .string(name), "value": .string(value.string ?? value.canonicalJSON)]
    }

    private func input(_ file: LedgerEntry.File, _ entry: LedgerEntry) -> Value {
        var value = dataset(file, named: file.path, entry)
        value["inputFacets"] = [
            "inputStatistics": facet(entry, "1-0-0", "InputStatisticsInputDatasetFacet", ["size": Value(file.bytes)])
        ]
        return .object(value)
    }

    private func output(_ file: LedgerEntry.File, _ entry: LedgerEntry) -> Value {
        var value = dataset(file, named: outputFolder + "/" + file.path, entry)
        value["outputFacets"] = [
            "outputStatistics": facet(
                entry, "1-0-2", "OutputStatisticsOutputDatasetFacet", ["size": Value(file.bytes)])
        ]
        return .object(value)
    }

    /// A file of a report that is ended.
    private func dropped(_ file: LedgerEntry.File, _ entry: LedgerEntry) -> Value {
        [
            "namespace": .string(origin), "name": .string(outputFolder + "/" + file.path),
            "facets": [
                "lifecycleStateChange": facet(
                    entry, "1-0-1", "LifecycleStateChangeDatasetFacet", ["lifecycleStateChange": "DROP"]),
                "datasetType": facet(entry, "1-0-1", "DatasetTypeDatasetFacet", ["datasetType": "FILE"]),
            ],
        ]
    }

    private func dataset(_ file: LedgerEntry.File, named name: String, _ entry: LedgerEntry) -> Object {
        [
            "namespace": .string(origin), "name": .string(name),
            "facets": [
                "version": facet(
                    entry, "1-0-1", "DatasetVersionDatasetFacet", ["datasetVersion": .string("sha256:" + file.sha256)]),
                "datasetType": facet(entry, "1-0-1", "DatasetTypeDatasetFacet", ["datasetType": "FILE"]),
            ],
        ]
    }

    private func facet(_ entry: LedgerEntry, _ version: String, _ name: String, _ members: Object) -> Value {
        var facet: Object = [
            "_producer": .string(producer(entry)),
            "_schemaURL": .string("\(LineageEvents.facets)\(version)/\(name).json#/$defs/\(name)"),
        ]
        for (key, value) in members { facet[key] = value }
        return .object(facet)
    }

    /// The program as it was then, not as it is now.
    private func producer(_ entry: LedgerEntry) -> String { "urn:report:\(entry.tool.version)" }

    /// A UUID of the kind that its maker defines (RFC 9562, version 8): the first bits of the leaf's SHA-256.
    static func identifier(of leaf: [UInt8]) -> String {
        var digits = Array(sha256(leaf).utf8.prefix(32))
        digits[12] = UInt8(ascii: "8")
        digits[16] = UInt8(ascii: "8")
        let text = String(decoding: digits, as: UTF8.self)
        var parts: [Substring] = []
        var rest = text[...]
        for count in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        return parts.joined(separator: "-")
    }
}
