import Diagnostics

/// A text and another of it as changes of whole lines.
enum LineEdits {
    /// More lines than this are changed as one.
    private static let most = 2000

    /// The changes that make the text of a range another, in ascending order, at least one line apart.
    static func fixes(replacing range: SourceRange, with text: String, _ message: String) -> [Diagnostic.FixIt] {
        let old = lines(range.text)
        let new = lines(text)
        guard old != new else { return [] }
        var removed = Set(old.indices)
        var inserted = Set(new.indices)
        if old.count <= most, new.count <= most {
            removed = []
            inserted = []
            for change in new.difference(from: old) {
                switch change {
                case .remove(let offset, _, _): removed.insert(offset)
                case .insert(let offset, _, _): inserted.insert(offset)
                }
            }
        }
        var fixes: [Diagnostic.FixIt] = []
        var position = range.lower
        var i = 0
        var j = 0
        while i < old.count || j < new.count {
            let start = position
            var replacement = ""
            let (firstOld, firstNew) = (i, j)
            while i < old.count, removed.contains(i) {
                position += old[i].utf8.count
                i += 1
            }
            while j < new.count, inserted.contains(j) {
                replacement += new[j]
                j += 1
            }
            if i > firstOld || j > firstNew {
                let place = SourceRange(file: range.file, lower: start, upper: position)
                fixes.append(Diagnostic.FixIt(message, replacing: place, with: replacement))
            } else {
                position += old[i].utf8.count
                i += 1
                j += 1
            }
        }
        return fixes
    }

    /// Lines with their ends.
    private static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for character in text {
            line.append(character)
            if character.isNewline {
                lines.append(line)
                line = ""
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
