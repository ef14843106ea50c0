import Digests
import Ledger
import Values
import Workspace

/// What a crate says of its files: the metadata of a Process Run Crate 0.5 (RO-Crate 1.1), made of entries of the trail.
///
/// Each entry is a `CreateAction` of `report`: what went in (source, includes, data, parameters, seed) is its object, the files
/// of the report its result. A file that the crate does not hold is told by its name, size and digest alone. Times and names of
/// people come from the entries; of a person the address is left out, since crates are made to be published.
/// Sources: `https://w3id.org/ro/crate/1.1`, `https://w3id.org/ro/wfrun/process/0.5`.
struct ProcessRunCrate {
    /// A file beside the entries: a proof, the project's licence.
    struct Attachment {
        var path: String
        var name: String
    }

    let entries: [TransparencyLog.Numbered]
    /// The output folder's path in the crate.
    let outputFolder: String
    /// The digests of the files that the crate holds, by their paths in it.
    let held: [String: String]
    let attachments: [Attachment]
    /// The checkpoint's origin.
    let origin: String
    /// An SPDX identifier, an address, or a path in the crate; nil where nobody said.
    let licence: String?

    static let metadataPath = "ro-crate-metadata.json"
    private static let profile = "https://w3id.org/ro/wfrun/process/0.5"

    var metadata: Value {
        var graph = CrateGraph()
        var parts: [String] = []
        var people: [String] = []
        for entry in entries { add(entry, &graph, &parts, &people) }
        for attachment in attachments {
            let identifier = CrateGraph.identifier(attachment.path)
            let isNew = graph.add(
                identifier,
                [
                    "@type": "File", "name": .string(attachment.name),
                    "encodingFormat": .string(MediaType.of(attachment.path)),
                ])
            if isNew { parts.append(identifier) }
        }
        let license = addLicence(&graph)
        let head: [Value] = [
            .object([
                "@id": .string(ProcessRunCrate.metadataPath), "@type": "CreativeWork",
                "conformsTo": ["@id": "https://w3id.org/ro/crate/1.1"], "about": ["@id": "./"],
            ]),
            .object(root(license, parts: parts, people: people)),
            [
                "@id": .string(ProcessRunCrate.profile), "@type": "CreativeWork", "name": "Process Run Crate",
                "version": "0.5",
            ],
        ]
        return [
            "@context": [
                "https://w3id.org/ro/crate/1.1/context",
                ["sha256": "https://w3id.org/ro/terms/workflow-run#sha256"],
            ],
            "@graph": .list(head + graph.entities),
        ]
    }

    private func root(_ license: Value, parts: [String], people: [String]) -> Object {
        var root: Object = [
            "@id": "./", "@type": "Dataset", "conformsTo": ["@id": .string(ProcessRunCrate.profile)],
            "name": .string("Reports of \(origin)"),
            "description": .string(
                "Reports with the sources and data that they were built from, as entries "
                    + entries.map { String($0.index) }.joined(separator: ", ") + " of the audit trail \(origin) tell."),
            // Of the entries, because a crate of the same entries is the same crate.
            "datePublished": .string(entries.map(\.entry.time).max() ?? ""), "license": license,
        ]
        root["author"] = CrateGraph.references(people)
        root["hasPart"] = CrateGraph.references(parts)
        root["mentions"] = CrateGraph.references(entries.map { "#entry-\($0.index)" })
        return root
    }

    private func addLicence(_ graph: inout CrateGraph) -> Value {
        guard let licence else { return "Not stated" }
        if held[licence] != nil || attachments.contains(where: { $0.path == licence }) {
            return ["@id": .string(CrateGraph.identifier(licence))]
        }
        let isAddress = licence.hasPrefix("https://") || licence.hasPrefix("http://")
        // SPDX names have letters, digits, `-`, `.` and `+`; anything else is a sentence of its author.
        guard isAddress || licence.wholeMatch(of: /[A-Za-z0-9.+-]+/) != nil else { return .string(licence) }
        let identifier = isAddress ? licence : "https://spdx.org/licenses/" + licence
        graph.add(identifier, ["@type": "CreativeWork", "name": .string(licence), "url": ["@id": .string(identifier)]])
        return ["@id": .string(identifier)]
    }
}

extension ProcessRunCrate {
    private func add(
        _ run: TransparencyLog.Numbered, _ graph: inout CrateGraph, _ parts: inout [String], _ people: inout [String]
    ) {
        let entry = run.entry
        let tool = "urn:report:\(entry.tool.version)"
        graph.add(
            tool,
            [
                "@type": "SoftwareApplication", "name": "report",
                "description": "Builds reproducible reports of online experiments from Markdown analyses.",
                "softwareVersion": .string(entry.tool.version),
            ])
        var inputs = ([entry.source] + entry.includes + entry.data).map { add($0, at: $0.path, &graph, &parts) }
        for (name, value) in settings(of: entry) {
            let identifier = "#entry-\(run.index)/" + CrateGraph.identifier(name)
            let isScalar = value.list == nil && value.object == nil
            graph.add(
                identifier,
                [
                    "@type": "PropertyValue", "name": .string(name),
                    "value": isScalar ? value : .string(value.canonicalJSON),
                ])
            inputs.append(identifier)
        }
        let outputs = entry.files.map { add($0, at: outputFolder + "/" + $0.path, &graph, &parts) }
        var action: Object = [
            "@type": "CreateAction", "name": .string("report build \(entry.analysis)"),
            "description": .string(description(of: run)),
            // Z is a zone of RFC 3339, but the profile's checks want digits.
            "endTime": .string(entry.time.hasSuffix("Z") ? entry.time.dropLast() + "+00:00" : entry.time),
            "actionStatus": ["@id": "http://schema.org/CompletedActionStatus"],
            "identifier": .string(sha256(entry.leaf)),
            "instrument": ["@id": .string(tool)],
        ]
        action["object"] = CrateGraph.references(inputs)
        action["result"] = CrateGraph.references(outputs)
        let name = (entry.author ?? "").prefix { $0 != "<" }.split(separator: " ").joined(separator: " ")
        if !name.isEmpty {
            let person = "#person/" + CrateGraph.identifier(name)
            if graph.add(person, ["@type": "Person", "name": .string(name)]) { people.append(person) }
            action["agent"] = ["@id": .string(person)]
        }
        graph.add("#entry-\(run.index)", action)
    }

    /// Parameters under their names, and what else was asked for under those of the command line.
    private func settings(of entry: LedgerEntry) -> [(name: String, value: Value)] {
        entry.parameters.map { ($0.key, $0.value) } + [("--seed", .string(String(entry.seed)))]
            + entry.options.map { ("--" + $0.key, $0.value) }
    }

    private func description(of run: TransparencyLog.Numbered) -> String {
        let commit = run.entry.commit.map {
            ", from commit \($0.revision)" + ($0.isDirty ? " with changes that were not committed" : "")
        }
        let note = run.entry.note.map { ": " + $0 }
        return "Entry \(run.index) of the audit trail \(origin)" + (commit ?? "") + (note ?? ".")
    }

    /// Adds a file; returns what it is called in the graph.
    private func add(
        _ file: LedgerEntry.File, at path: String, _ graph: inout CrateGraph, _ parts: inout [String]
    ) -> String {
        let isHeld = held[path] == file.sha256
        let identifier =
            (isHeld ? "" : "#") + CrateGraph.identifier(path) + (isHeld ? "" : "@" + file.sha256.prefix(16))
        let isNew = graph.add(
            identifier,
            [
                "@type": isHeld ? "File" : "CreativeWork", "name": .string(path),
                "encodingFormat": .string(MediaType.of(path)), "contentSize": .string(String(file.bytes)),
                "sha256": .string(file.sha256),
            ])
        if isHeld, isNew { parts.append(identifier) }
        return identifier
    }
}
