import Diagnostics
import Values

/// Diagnostics as they are kept, their places told from the start of a directive.
extension Diagnostic {
    /// nil where a place stands outside the directive.
    func record(from base: SourceRange) -> Value? {
        guard let place = Diagnostic.place(range, from: base) else { return nil }
        var notes: [Value] = []
        for note in self.notes {
            guard let place = Diagnostic.place(note.range, from: base) else { return nil }
            notes.append([.string(note.message), place])
        }
        var fixes: [Value] = []
        for fix in fixIts {
            guard let place = Diagnostic.place(fix.range, from: base) else { return nil }
            fixes.append([.string(fix.message), place, .string(fix.replacement)])
        }
        return [
            Value(code.number), .string(code.name), .string(severity.rawValue), .string(message), place, .list(notes),
            .list(fixes),
        ]
    }

    init?(record: Value, from base: SourceRange) {
        guard let items = record.list, items.count == 7, let number = items[0].number, let name = items[1].string,
            let severity = items[2].string.flatMap(Severity.init), let message = items[3].string
        else { return nil }
        self.init(
            severity, DiagnosticCode(Int(number), name), message, at: Diagnostic.range(items[4], from: base),
            notes: (items[5].list ?? []).compactMap { note in
                guard let items = note.list, items.count == 2, let message = items[0].string else { return nil }
                return Note(message, at: Diagnostic.range(items[1], from: base))
            },
            fixIts: (items[6].list ?? []).compactMap { fix in
                guard let items = fix.list, items.count == 3, let message = items[0].string,
                    let range = Diagnostic.range(items[1], from: base), let replacement = items[2].string
                else { return nil }
                return FixIt(message, replacing: range, with: replacement)
            })
    }

    private static func place(_ range: SourceRange?, from base: SourceRange) -> Value? {
        guard let range else { return .null }
        guard range.file === base.file, range.lower >= base.lower, range.upper <= base.upper else { return nil }
        return [Value(range.lower - base.lower), Value(range.upper - base.lower)]
    }

    private static func range(_ value: Value, from base: SourceRange) -> SourceRange? {
        guard let ends = value.list, ends.count == 2, let lower = ends[0].number, let upper = ends[1].number else {
            return nil
        }
        return SourceRange(file: base.file, lower: base.lower + Int(lower), upper: base.lower + Int(upper))
    }
}
