package import Values

/// Entries as JSON. Reading is strict: what would not be written again as it was read is refused.
extension LedgerEntry {
    /// The version of this form.
    package static let schema = 1

    package var value: Value {
        [
            "schema": Value(Self.schema),
            "analysis": .string(analysis),
            "report": .string(report),
            "time": .string(time),
            "previous": previous.map { Value($0) } ?? .null,
            "note": note.map { .string($0) } ?? .null,
            "author": author.map { .string($0) } ?? .null,
            "source": source.value,
            "includes": .list(includes.map(\.value)),
            "data": .list(data.map(\.value)),
            "parameters": .object(parameters),
            // A number would lose digits beyond 2⁵³.
            "seed": .string(String(seed)),
            "tool": ["version": .string(tool.version), "build": tool.build.map { .string($0) } ?? .null],
            "commit": commit.map { ["revision": .string($0.revision), "dirty": .boolean($0.isDirty)] } ?? .null,
            "results": .string(results),
            "record": .string(record),
            "files": .list(files.map(\.value)),
            "claims": .list(
                claims.map { ["path": .string($0.path), "text": .string($0.text), "holds": .boolean($0.holds)] }),
            "diagnostics": .list(
                notices.map {
                    [
                        "code": .string($0.code), "severity": .string($0.severity), "message": .string($0.message),
                        "place": $0.place.map { .string($0) } ?? .null,
                    ]
                }),
        ]
    }

    /// nil for anything that is not the value of an entry.
    package init?(_ value: Value) {
        guard value["schema"] == Value(Self.schema), let analysis = value["analysis"]?.string,
            let report = value["report"]?.string, let time = value["time"]?.string,
            let source = value["source"].flatMap(File.init), let includes = Self.list(value["includes"], File.init),
            let data = Self.list(value["data"], File.init), let parameters = value["parameters"]?.object,
            let seed = value["seed"]?.string.flatMap({ UInt64($0) }), let tool = value["tool"],
            let version = tool["version"]?.string, let results = value["results"]?.string,
            let record = value["record"]?.string, let files = Self.list(value["files"], File.init),
            let claims = Self.list(value["claims"], Claim.init),
            let notices = Self.list(value["diagnostics"], Notice.init)
        else { return nil }
        self.init(
            analysis: analysis, report: report, time: time,
            previous: value["previous"]?.number.flatMap { Int(exactly: $0) }, note: value["note"]?.string,
            author: value["author"]?.string, source: source, includes: includes, data: data, parameters: parameters,
            seed: seed, tool: Tool(version: version, build: tool["build"]?.string),
            commit: value["commit"].flatMap(Commit.init), results: results, record: record, files: files,
            claims: claims, notices: notices)
        // Keys that are not known, or values of another kind, would be lost.
        guard self.value.canonicalBytes == value.canonicalBytes else { return nil }
    }

    private static func list<Item>(_ value: Value?, _ item: (Value) -> Item?) -> [Item]? {
        guard let list = value?.list else { return nil }
        let items = list.compactMap(item)
        return items.count == list.count ? items : nil
    }
}

extension LedgerEntry.File {
    package var value: Value { ["path": .string(path), "bytes": Value(bytes), "sha256": .string(sha256)] }

    package init?(_ value: Value) {
        guard let path = value["path"]?.string, let bytes = value["bytes"]?.number.flatMap({ Int(exactly: $0) }),
            let sha256 = value["sha256"]?.string
        else { return nil }
        self.init(path: path, bytes: bytes, sha256: sha256)
    }
}

extension LedgerEntry.Commit {
    fileprivate init?(_ value: Value) {
        guard let revision = value["revision"]?.string, let isDirty = value["dirty"]?.boolean else { return nil }
        self.init(revision: revision, isDirty: isDirty)
    }
}

extension LedgerEntry.Claim {
    fileprivate init?(_ value: Value) {
        guard let path = value["path"]?.string, let text = value["text"]?.string, let holds = value["holds"]?.boolean
        else { return nil }
        self.init(path: path, text: text, holds: holds)
    }
}

extension LedgerEntry.Notice {
    fileprivate init?(_ value: Value) {
        guard let code = value["code"]?.string, let severity = value["severity"]?.string,
            let message = value["message"]?.string
        else { return nil }
        self.init(code: code, severity: severity, message: message, place: value["place"]?.string)
    }
}
