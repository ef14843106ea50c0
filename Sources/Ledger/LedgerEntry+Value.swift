import Digests
package import Values

/// Entries as JSON. Reading is strict: what would not be written again as it was read is refused.
extension LedgerEntry {
    /// The version of this form.
    package static let schema = 1

    package var value: Value {
        var value: Object = [
            "schema": Value(Self.schema),
            "analysis": .string(analysis),
            "report": .string(report),
            "time": .string(time),
            "previous": previous.map { Value($0) } ?? .null,
            "note": note.map { .string($0) } ?? .null,
            "author": author.map { .string($0) } ?? .null,
            "source": source.value,
            "includes": shown(.includes),
            "data": shown(.data),
            "parameters": .object(parameters),
            // A number would lose digits beyond 2⁵³.
            "seed": .string(String(seed)),
            "options": .object(options),
            "tool": ["version": .string(tool.version), "build": tool.build.map { .string($0) } ?? .null],
            "commit": commit.map { ["revision": .string($0.revision), "dirty": .boolean($0.isDirty)] } ?? .null,
            "results": .string(results),
            "record": .string(record),
            "files": shown(.files),
            "claims": shown(.claims),
            "diagnostics": shown(.diagnostics),
        ]
        // Only where it is one: entries of builds are as they were before there were removals.
        if let removal { value["removed"] = removal.value }
        return .object(value)
    }

    /// A list as it stands in the leaf: itself, or what binds it where it was moved.
    private func shown(_ list: List) -> Value {
        let whole = Value.list(items(of: list))
        guard moved.contains(list) else { return whole }
        return ["count": Value(items(of: list).count), "sha256": .string(whole.digest)]
    }

    func items(of list: List) -> [Value] {
        switch list {
        case .claims: claims.map(\.value)
        case .diagnostics: notices.map(\.value)
        case .files: files.map(\.value)
        case .includes: includes.map(\.value)
        case .data: data.map(\.value)
        }
    }

    /// nil for anything that is not the value of an entry.
    ///
    /// What is read is all that there is: each object has as many members as are asked for, and a member that may be missing
    /// is null.
    /// - Parameter lists: Those that were moved, by name.
    package init?(_ value: Value, lists: Object = [:]) {
        var moved: [List] = []
        func items<Item>(_ list: List, _ item: (Value) -> Item?) -> [Item]? {
            if value[list.rawValue]?.object != nil { moved.append(list) }
            guard let values = (moved.contains(list) ? lists[list.rawValue] : value[list.rawValue])?.list else {
                return nil
            }
            let items = values.compactMap(item)
            return items.count == values.count ? items : nil
        }
        guard value["schema"] == Value(Self.schema), let analysis = value["analysis"]?.string,
            let report = value["report"]?.string, let time = value["time"]?.string,
            let claims = items(.claims, Claim.init), let notices = items(.diagnostics, Notice.init),
            let files = items(.files, File.entire), let includes = items(.includes, File.entire),
            let data = items(.data, File.entire), let source = value["source"].flatMap(File.entire),
            let parameters = value["parameters"]?.object,
            let seedText = value["seed"]?.string, let seed = UInt64(seedText), String(seed) == seedText,
            let options = value["options"]?.object, let tool = value["tool"].flatMap(Tool.init),
            let results = value["results"]?.string, let record = value["record"]?.string,
            let note = value["note"]?.orNull({ $0.string }), let author = value["author"]?.orNull({ $0.string }),
            let previous = value["previous"]?.orNull({ $0.whole }),
            let commit = value["commit"]?.orNull(Commit.init)
        else { return nil }
        self.init(
            analysis: analysis, report: report, time: time, previous: previous, note: note, author: author,
            source: source, includes: includes, data: data, parameters: parameters, seed: seed, options: options,
            tool: tool, commit: commit, results: results, record: record, files: files, claims: claims,
            notices: notices)
        self.moved = moved
        if let removed = value["removed"] {
            guard files.isEmpty, let removal = Removal(removed) else { return nil }
            self.removal = removal
        }
        guard value.object?.count == (removal == nil ? 20 : 21), moved.allSatisfy({ value[$0.rawValue] == shown($0) })
        else { return nil }
    }
}

extension Value {
    /// What is read of the value, or nil for null; nothing for what is neither.
    fileprivate func orNull<Read>(_ read: (Value) -> Read?) -> Read?? {
        if self == .null { return .some(nil) }
        return read(self).map { .some($0) }
    }

    /// A whole number.
    fileprivate var whole: Int? { number.flatMap { Int(exactly: $0) } }
}

extension LedgerEntry.Tool {
    fileprivate init?(_ value: Value) {
        guard let version = value["version"]?.string, let build = value["build"]?.orNull({ $0.string }),
            value.object?.count == 2
        else { return nil }
        self.init(version: version, build: build)
    }
}

extension LedgerEntry.File {
    package var value: Value { ["path": .string(path), "bytes": Value(bytes), "sha256": .string(sha256)] }

    package init?(_ value: Value) {
        guard let path = value["path"]?.string, let bytes = value["bytes"]?.whole,
            let sha256 = value["sha256"]?.string
        else { return nil }
        self.init(path: path, bytes: bytes, sha256: sha256)
    }

    /// A file of whose value nothing else is told.
    fileprivate static func entire(_ value: Value) -> LedgerEntry.File? {
        value.object?.count == 3 ? LedgerEntry.File(value) : nil
    }
}

extension LedgerEntry.Commit {
    fileprivate init?(_ value: Value) {
        guard let revision = value["revision"]?.string, let isDirty = value["dirty"]?.boolean,
            value.object?.count == 2
        else { return nil }
        self.init(revision: revision, isDirty: isDirty)
    }
}

extension LedgerEntry.Claim {
    fileprivate var value: Value {
        var item: Object = ["path": .string(path), "text": .string(text), "holds": .boolean(holds)]
        if let condition { item["condition"] = .string(condition) }
        return .object(item)
    }

    fileprivate init?(_ value: Value) {
        guard let path = value["path"]?.string, let text = value["text"]?.string, let holds = value["holds"]?.boolean
        else { return nil }
        let condition = value["condition"]?.string
        guard value.object?.count == (condition == nil ? 3 : 4) else { return nil }
        self.init(path: path, text: text, condition: condition, holds: holds)
    }
}

extension LedgerEntry.Notice {
    fileprivate var value: Value {
        [
            "code": .string(code), "severity": .string(severity), "message": .string(message),
            "place": place.map { .string($0) } ?? .null,
        ]
    }

    fileprivate init?(_ value: Value) {
        guard let code = value["code"]?.string, let severity = value["severity"]?.string,
            let message = value["message"]?.string, let place = value["place"]?.orNull({ $0.string }),
            value.object?.count == 4
        else { return nil }
        self.init(code: code, severity: severity, message: message, place: place)
    }
}
