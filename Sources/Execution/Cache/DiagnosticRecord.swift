package import Diagnostics
package import Values

/// Diagnostics as they are kept. How a place is told is up to whoever keeps them.
extension Diagnostic {
    /// - Parameter place: A place as a value, null for none; nil where it cannot be told, and then the diagnostic cannot
    ///   be kept.
    package func record(_ place: (SourceRange?) -> Value?) -> Value? {
        guard let own = place(range) else { return nil }
        var notes: [Value] = []
        for note in self.notes {
            guard let place = place(note.range) else { return nil }
            notes.append([.string(note.message), place])
        }
        var fixes: [Value] = []
        for fix in fixIts {
            guard let place = place(fix.range) else { return nil }
            fixes.append([.string(fix.message), place, .string(fix.replacement)])
        }
        return [
            Value(code.number), .string(code.name), .string(severity.rawValue), .string(message), own, .list(notes),
            .list(fixes),
        ]
    }

    /// - Parameter range: The place that a value tells; nil for none.
    package init?(record: Value, _ range: (Value) -> SourceRange?) {
        guard let items = record.list, items.count == 7, let number = items[0].wholeNumber, let name = items[1].string,
            let severity = items[2].string.flatMap(Severity.init), let message = items[3].string
        else { return nil }
        self.init(
            severity, DiagnosticCode(number, name), message, at: range(items[4]),
            notes: (items[5].list ?? []).compactMap { note in
                guard let items = note.list, items.count == 2, let message = items[0].string else { return nil }
                return Note(message, at: range(items[1]))
            },
            fixIts: (items[6].list ?? []).compactMap { fix in
                guard let items = fix.list, items.count == 3, let message = items[0].string,
                    let range = range(items[1]), let replacement = items[2].string
                else { return nil }
                return FixIt(message, replacing: range, with: replacement)
            })
    }
}

extension Diagnostic {
    /// The record with places told from the start of a directive; nil where one stands outside it.
    func record(from base: SourceRange) -> Value? {
        record { range in
            guard let range else { return .null }
            guard range.file === base.file, range.lower >= base.lower, range.upper <= base.upper else { return nil }
            return [Value(range.lower - base.lower), Value(range.upper - base.lower)]
        }
    }

    init?(record: Value, from base: SourceRange) {
        self.init(record: record) { place in
            guard let ends = place.list, ends.count == 2, let lower = ends[0].wholeNumber,
                let upper = ends[1].wholeNumber, lower <= upper, upper <= base.upper - base.lower
            else { return nil }
            return SourceRange(file: base.file, lower: base.lower + lower, upper: base.lower + upper)
        }
    }
}
