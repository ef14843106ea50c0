package import Diagnostics
package import Workspace

/// Changes of analyses' texts that diagnostics propose, applied together.
package struct SourceEdits {
    /// A file as it was and as it is to be.
    package struct FileEdit: Sendable, Hashable {
        /// From the project's root.
        package var shown: String
        package var before: String
        package var after: String
        /// In ascending order, none touching another.
        package var changes: [Diagnostic.FixIt]
    }

    /// The edits by file, in order of paths. Of two that touch each other the first in the file is taken; the same one twice
    /// counts once.
    package static func plan(_ fixes: [Diagnostic.FixIt]) -> [FileEdit] {
        var byPath: [String: [Diagnostic.FixIt]] = [:]
        for fix in fixes { byPath[fix.range.file.path, default: []].append(fix) }
        return byPath.sorted { $0.key < $1.key }.map { path, fixes in
            var kept: [Diagnostic.FixIt] = []
            let ordered = fixes.sorted { ($0.range.lower, $0.range.upper) < ($1.range.lower, $1.range.upper) }
            for fix in ordered where kept.last.map({ $0.range.upper < fix.range.lower }) ?? true { kept.append(fix) }
            let before = fixes[0].range.file
            var bytes: [UInt8] = []
            var position = 0
            for fix in kept {
                bytes += before.utf8[position..<fix.range.lower]
                bytes += Array(fix.replacement.utf8)
                position = fix.range.upper
            }
            bytes += before.utf8[position...]
            return FileEdit(
                shown: path, before: before.text, after: String(decoding: bytes, as: UTF8.self), changes: kept)
        }
    }

    /// Writes an edit, unless the file has changed since it was read.
    package static func write(_ edit: FileEdit, in project: Project, _ workspace: WorkspaceContext) throws(FileError) {
        let path = Paths.joined(project.root, edit.shown)
        // Through a link the file itself is replaced, not the link.
        let real = workspace.files.realPath(of: path) ?? path
        guard try workspace.files.contents(of: real, limit: 64 << 20) == Array(edit.before.utf8) else {
            throw FileError(path: edit.shown, reason: "the file has changed since it was read")
        }
        try workspace.files.replace([FileContent(path: real, bytes: Array(edit.after.utf8))])
    }
}

extension SourceEdits.FileEdit {
    /// What changes, as a unified diff without context: a hunk for each run of changed lines.
    package var diff: String {
        var out = "--- \(shown)\n+++ \(shown)\n"
        // Lines before the hunk in the new text less those in the old one.
        var shift = 0
        var index = 0
        while index < changes.count {
            let first = changes[index].range.start.line
            var last = changes[index].range.end.line
            var end = index + 1
            while end < changes.count, changes[end].range.start.line <= last + 1 {
                last = max(last, changes[end].range.end.line)
                end += 1
            }
            let file = changes[index].range.file
            let lower = file.offset(ofLine: first)
            let upper = file.offset(ofLine: last + 1)
            var bytes: [UInt8] = []
            var position = lower
            for change in changes[index..<end] {
                bytes += file.utf8[position..<change.range.lower]
                bytes += Array(change.replacement.utf8)
                position = change.range.upper
            }
            bytes += file.utf8[position..<max(position, upper)]
            var old = Self.lines(file.utf8[lower..<upper])[...]
            var new = Self.lines(bytes[...])[...]
            // A change that ends with its line has the next line in its range.
            let added = new.count - old.count
            while let a = old.last, let b = new.last, a == b {
                old.removeLast()
                new.removeLast()
            }
            let same = zip(old, new).prefix { $0 == $1 }.count
            (old, new) = (old.dropFirst(same), new.dropFirst(same))
            // Where a side has no line, its place is that of the line before.
            func place(_ lines: ArraySlice<String>, _ line: Int) -> String {
                "\(line + same - (lines.isEmpty ? 1 : 0)),\(lines.count)"
            }
            out += "@@ -\(place(old, first)) +\(place(new, first + shift)) @@\n"
            for line in old { out += "-\(line)\n" }
            for line in new { out += "+\(line)\n" }
            shift += added
            index = end
        }
        return out
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) -> [String] {
        var lines = String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}
