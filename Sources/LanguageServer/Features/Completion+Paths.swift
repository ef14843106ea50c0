import Diagnostics
import Documents
import Markdown
import Values
import Workspace

/// Suggestions for paths into results, formats and paths of files.
extension AnalysisView {
    /// What may follow in a path: what the results have there, else what the schema says that they will have.
    func paths(_ cursor: PathCursor) -> [Suggestion] {
        guard !cursor.base.components.isEmpty else { return roots(replacing: cursor.token) }
        switch root[cursor.base] {
        case .object(let object):
            return object.map { member($0.key, of: cursor, AnalysisView.summary(of: $0.value), value: $0.value) }
        case .list(let items):
            return items.prefix(50).enumerated().map { index, item in
                let text = "[\(index)]"
                return Suggestion(
                    label: text, kind: .value, detail: AnalysisView.summary(of: item), text: text,
                    filter: String(decoding: file.utf8[cursor.separator..<cursor.separator + 1], as: UTF8.self)
                        + "\(index)",
                    replaced: cursor.separator..<closed(cursor))
            }
        case nil: return expected(cursor)
        default: return []
        }
    }

    private func roots(replacing token: Range<Int>) -> [Suggestion] {
        var found = named.map { directive in
            Suggestion(
                label: directive.id, kind: .module, detail: directive.word,
                documentation: directive.caption?.node.plainText, replaced: token)
        }
        if !document.frontMatter.parameters.isEmpty {
            found.append(Suggestion(label: "params", kind: .module, detail: "parameters", replaced: token))
        }
        found.append(Suggestion(label: "meta", kind: .module, detail: "front matter", replaced: token))
        return found
    }

    /// A member of an object: behind a dot where its name allows it, in brackets and quotes otherwise.
    private func member(_ name: String, of cursor: PathCursor, _ detail: String?, value: Value?) -> Suggestion {
        let path = cursor.base + name
        let kind: LSP.CompletionItem.Kind = value?.object != nil ? .module : .field
        let isPlain = ResultPath.isPlain(name) && !cursor.isBracket
        let written = String(decoding: file.utf8[cursor.separator..<cursor.token.lowerBound], as: UTF8.self)
        return Suggestion(
            label: name, kind: kind, detail: detail, documentation: documentation(of: path),
            text: isPlain ? name : (ResultPath([]) + name).bracketed,
            filter: isPlain ? nil : written + name,
            replaced: isPlain ? cursor.token : cursor.separator..<closed(cursor))
    }

    /// Behind the quote and bracket that close a component that is written already.
    private func closed(_ cursor: PathCursor) -> Int {
        guard cursor.isBracket else { return cursor.token.upperBound }
        var upper = cursor.token.upperBound
        for mark in [UInt8(ascii: "\""), UInt8(ascii: "]")] where file.utf8.element(at: upper) == mark { upper += 1 }
        return upper
    }

    /// What the reference says of results that are not there yet.
    private func expected(_ cursor: PathCursor) -> [Suggestion] {
        guard let directive = directive(cursor.base.root), let schema = DirectiveSchema.named(directive.word) else {
            return []
        }
        let written = cursor.base.tail.components.map { component -> String in
            if case .name(let name) = component { name } else { "N" }
        }
        var seen: Set<String> = []
        var found: [Suggestion] = []
        for result in schema.results {
            let parts = result.components
            guard parts.count > written.count,
                zip(parts, written).allSatisfy({ $0 == $1 || ResultSchema.isPlaceholder($0) })
            else { continue }
            let next = parts[written.count]
            let names = ResultSchema.isPlaceholder(next) ? self.names(for: next, directive) : [next]
            let isLeaf = parts.count == written.count + 1
            for name in names where seen.insert(name).inserted {
                var item = member(
                    name, of: cursor, isLeaf ? "not computed yet" : nil, value: isLeaf ? nil : .object(Object()))
                item.documentation = isLeaf ? result.doc : nil
                found.append(item)
            }
        }
        return found
    }

    /// What a word in capitals stands for, as far as the directive's options tell.
    private func names(for placeholder: String, _ directive: Directive) -> [String] {
        switch placeholder {
        case "ESTIMATOR": return directive.options["estimators"]?.strings ?? []
        case "METRIC":
            let own = ["metrics", "proxies"].compactMap { directive.options[$0]?.strings }.first
            return own ?? directive.options["effects"]?.string.map { metrics(of: $0) } ?? []
        default: return []
        }
    }

    // MARK: Formats

    /// Formats behind the bar, each with what it makes of the value.
    func formats(_ brace: BraceCursor, behind bar: Int) -> [Suggestion] {
        var lower = bar + 1
        while lower < brace.upper, file.utf8[lower] == 0x20 { lower += 1 }
        var upper = brace.upper
        if upper > lower, file.utf8[upper - 1] == UInt8(ascii: "}") { upper -= 1 }
        while upper > lower, file.utf8[upper - 1] == 0x20 { upper -= 1 }
        let text = SourceRange(file: file, lower: brace.pathStart, upper: bar).text.trimmed
        return formats(of: ResultPath(parsing: text).flatMap { root[$0] }, replacing: lower..<max(lower, upper))
    }

    func formats(of value: Value?, replacing range: Range<Int>) -> [Suggestion] {
        NumberFormat.forms.compactMap { form in
            let shown = value.flatMap { value in NumberFormat(parsing: form.text).flatMap { $0.text(of: value) } }
            // What cannot write the value is no help.
            if value != nil, shown == nil { return nil }
            return Suggestion(
                label: form.text, kind: .unit, detail: shown ?? form.meaning, documentation: form.meaning,
                replaced: range)
        }
    }

    // MARK: Files

    /// Files and folders of the project that a path written so far may go on with.
    func files(_ path: Range<Int>, at offset: Int, endingIn extensions: [String]) -> [Suggestion] {
        let written = SourceRange(file: file, lower: path.lowerBound, upper: min(offset, path.upperBound)).text
        guard !written.hasPrefix("/") else { return [] }
        let prefix = written.lastIndex(of: "/").map { String(written[...$0]) } ?? ""
        let own = Paths.parent(of: self.path(of: file.path))
        guard let folder = workspace.files.realPath(of: Paths.joined(own, prefix.isEmpty ? "." : prefix)),
            Paths.isInside(folder, project.root)
        else { return [] }
        let replaced = (path.lowerBound + prefix.utf8.count)..<path.upperBound
        return ((try? workspace.files.names(in: folder)) ?? []).filter { !$0.hasPrefix(".") }.compactMap { name in
            let path = Paths.joined(folder, name)
            switch workspace.files.status(of: path)?.kind {
            case .folder where name != "output":
                return Suggestion(label: name + "/", kind: .folder, replaced: replaced)
            case .file where extensions.contains(Paths.pathExtension(of: name)) && path != self.path(of: file.path):
                return Suggestion(label: name, kind: .file, replaced: replaced)
            default: return nil
            }
        }
    }
}

/// A place behind `<!-- include:`.
struct IncludePlace {
    /// The path so far.
    let path: Range<Int>

    init?(_ file: SourceFile, at offset: Int) {
        let (start, end) = file.line(around: offset)
        let line = SourceRange(file: file, lower: start, upper: end)
        guard let mark = line.first("include:"), mark.upper <= offset,
            SourceRange(file: file, lower: start, upper: mark.lower).text.trimmed == "<!--"
        else { return nil }
        var lower = mark.upper
        while lower < offset, file.utf8[lower] == 0x20 { lower += 1 }
        var upper = lower
        while upper < end, file.utf8[upper] != 0x20 { upper += 1 }
        path = lower..<upper
    }
}

extension ResultPath {
    /// One name in brackets and quotes.
    fileprivate var bracketed: String {
        guard case .name(let name) = components.last else { return description }
        return "[\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"]"
    }
}
