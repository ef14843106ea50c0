import Diagnostics
import Digests
import Execution
import Values
import Workspace

/// The texts that kept diagnostics point into: read again when they are told again, and known by their digests.
struct StoredSources {
    private let project: Project
    private let files: any FileSystem
    private var sources: [(shown: String, sha256: String, file: SourceFile?)] = []

    init(of analysis: Analysis, in files: any FileSystem, _ value: Value = .null) {
        project = analysis.project
        self.files = files
        for item in value.list ?? [] {
            guard let parts = item.list, parts.count == 2, let shown = parts[0].string, let sha256 = parts[1].string
            else { continue }
            sources.append((shown, sha256, nil))
        }
    }

    var value: Value { .list(sources.map { [.string($0.shown), .string($0.sha256)] }) }

    /// nil where the diagnostic cannot be kept.
    mutating func value(of diagnostic: Diagnostic) -> Value? {
        diagnostic.record { range in
            guard let range else { return .null }
            let index: Int
            if let known = sources.firstIndex(where: { $0.file === range.file }) {
                index = known
            } else {
                index = sources.count
                sources.append((range.file.path, sha256(range.file.utf8), range.file))
            }
            return [Value(index), Value(range.lower), Value(range.upper)]
        }
    }

    /// nil where a text that it points into is not what it was.
    mutating func diagnostic(_ value: Value) -> Diagnostic? {
        var isWhole = true
        let diagnostic = Diagnostic(record: value) { place in
            if place == .null { return nil }
            guard let parts = place.list, parts.count == 3, let index = parts[0].wholeNumber,
                let lower = parts[1].wholeNumber, let upper = parts[2].wholeNumber, let file = file(index),
                lower <= upper, upper <= file.utf8.count
            else {
                isWhole = false
                return nil
            }
            return SourceRange(file: file, lower: lower, upper: upper)
        }
        return isWhole ? diagnostic : nil
    }

    private mutating func file(_ index: Int) -> SourceFile? {
        guard sources.indices.contains(index) else { return nil }
        if let file = sources[index].file { return file }
        let path = Paths.joined(project.root, sources[index].shown)
        guard let bytes = try? files.contents(of: path, limit: SourceLoader.markdownLimit),
            sha256(bytes) == sources[index].sha256, let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let file = SourceFile(path: sources[index].shown, text: text)
        sources[index].file = file
        return file
    }
}
