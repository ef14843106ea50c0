package import Diagnostics
package import Documents
package import Values

/// A value of the prose with what it came to.
package struct ResolvedValue: Sendable, Hashable {
    package var path: ResultPath
    package var text: String
    /// What the path led to, at full precision.
    package var value: Value
    package var range: SourceRange

    package init(path: ResultPath, text: String, value: Value, range: SourceRange) {
        self.path = path
        self.text = text
        self.value = value
        self.range = range
    }
}

extension InlineValue {
    /// The value as text; nil, with a diagnostic, where the path leads nowhere or to nothing that can be written.
    package func resolved(in root: Value, diagnostics: inout [Diagnostic]) -> ResolvedValue? {
        guard let found = path.value(in: root, at: range, diagnostics: &diagnostics) else { return nil }
        let format = format ?? NumberFormat()
        guard let text = format.text(of: found) else {
            let what = format.interval ? "an interval" : format.style == .pValue ? "a p-value" : "a number"
            diagnostics.append(found.isNot(what, path, at: range))
            return nil
        }
        return ResolvedValue(path: path, text: text, value: found, range: range)
    }
}

extension ResultPath {
    /// What the path leads to; nil, with a diagnostic that names what is there, where it leads nowhere.
    func value(in root: Value, at range: SourceRange, diagnostics: inout [Diagnostic]) -> Value? {
        switch root.walk(self) {
        case .found(let value): return value
        case .missing(let position, let known):
            let before = ResultPath(Array(components.prefix(position)))
            var fixIts: [Diagnostic.FixIt] = []
            var notes: [Diagnostic.Note] = []
            if case .name(let name) = components[position], let near = nearestWord(to: name, among: known),
                let place = place(of: position, in: range)
            {
                fixIts = [Diagnostic.FixIt("write '\(near)'", replacing: place, with: near)]
            } else if !known.isEmpty {
                let list = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : "")
                notes = [Diagnostic.Note(position == 0 ? "there are \(list)" : "'\(before)' has \(list)")]
            } else if position > 0, let value = root[before] {
                notes = [Diagnostic.Note("'\(before)' is \(value.description)")]
            }
            let what = ResultPath(Array(components.prefix(position + 1)))
            diagnostics.append(
                .error(.pathToNothing, "'\(what)' leads to nothing", at: range, notes: notes, fixIts: fixIts))
            return nil
        }
    }

    /// Where the plain name at `position` stands in a range that has the path's own text in it.
    private func place(of position: Int, in range: SourceRange) -> SourceRange? {
        guard case .name(let name) = components[position], ResultPath.isPlain(name),
            let whole = range.first(description)
        else { return nil }
        let before = ResultPath(Array(components.prefix(position))).description.utf8.count
        let lower = whole.lower + (position == 0 ? 0 : before + 1)
        let place = SourceRange(file: whole.file, lower: lower, upper: lower + name.utf8.count)
        return place.text == name ? place : nil
    }
}

extension Value {
    /// The value in words, short: "a list of 12", "an object with estimate, se".
    var description: String {
        switch self {
        case .null: "nothing"
        case .boolean(let flag): flag ? "true" : "false"
        case .number(let number): NumberFormat().text(number)
        case .string(let text): "'\(text.prefix(40))'"
        case .list(let items): "a list of \(items.count)"
        case .object(let object):
            "an object with " + object.keys.prefix(12).joined(separator: ", ") + (object.count > 12 ? ", …" : "")
        }
    }

    func isNot(_ what: String, _ path: ResultPath, at range: SourceRange) -> Diagnostic {
        let near = object?.first { $0.value["estimate"] != nil || $0.value.number != nil }
        let notes = near.map { [Diagnostic.Note("'\(path + $0.key)' is one")] } ?? []
        return .error(.notANumber, "'\(path)' is \(description), not \(what)", at: range, notes: notes)
    }
}
