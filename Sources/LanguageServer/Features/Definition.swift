import Diagnostics
import Documents
import Pipeline
import Values
import Workspace

extension AnalysisView {
    /// Where what stands at a place is defined: a range of the analysis, or of another file of the project.
    func definition(at offset: Int) -> SourceRange? {
        guard let (symbol, _) = symbol(at: offset) else { return nil }
        switch symbol {
        case .value(let path, _): return definition(of: path.root, parameter: path.tail.root)
        case .claim(let claim): return definition(of: claim.path.root, parameter: nil)
        case .id(let id): return directive(id).map(idRange)
        case .mention("sec", let name):
            let slug = name.dropFirst("sec-".count)
            return headings.first { $0.slug == slug }?.range
        case .mention("eq", let name): return equations.first { $0.name == name }?.range
        case .mention(_, let name): return directive(String(name.dropFirst("fig-".count))).map(idRange)
        case .section(let slug): return headings.first { $0.slug == slug }?.range
        case .citation(let key): return entry(of: key)
        case .file(let written): return resolve(written).map { SourceFile(path: project.shown($0), text: "").range }
        case .column(_, let id): return directive(id).map(idRange)
        case .metric, .word, .key, .choice: return nil
        }
    }

    private func definition(of root: String, parameter: String?) -> SourceRange? {
        switch root {
        case "params": return document.frontMatter.parameters.first { $0.name == parameter }?.range
        case "meta":
            let front = document.frontMatter.range
            return parameter.flatMap { name in front.names(name).first { $0.file.utf8.element(at: $0.upper) == 0x3A } }
        default: return directive(root).map(idRange)
        }
    }

    /// Where a bibliography has a work: its key, behind `@kind{`, or in quotes.
    private func entry(of key: String) -> SourceRange? {
        for shown in read.bibliographyFiles {
            guard let bytes = try? workspace.files.contents(of: path(of: shown), limit: 64 << 20),
                let text = String(validating: bytes, as: UTF8.self)
            else { continue }
            let file = SourceFile(path: shown, text: text)
            let place = file.range.names(key).first {
                ["{", "{ ", "(", "\""].contains(where: $0.follows)
                    && [UInt8(ascii: ","), UInt8(ascii: "\"")].contains(file.utf8.element(at: $0.upper))
            }
            if let place { return place }
        }
        return nil
    }

    /// The ids of directives that the symbol at a place stands for.
    func id(at offset: Int) -> (id: String, range: SourceRange)? {
        guard let (symbol, range) = symbol(at: offset) else { return nil }
        let id: String
        switch symbol {
        case .value(let path, _): id = path.root
        case .claim(let claim): id = claim.path.root
        case .id(let name): id = name
        case .mention(let kind, let name) where kind == "fig" || kind == "tbl": id = String(name.dropFirst(4))
        default: return nil
        }
        guard directive(id)?.hasWrittenID == true else { return nil }
        let places = range.names(id)
        return (
            id, places.last { $0.lower <= offset && offset <= $0.upper } ?? places.first ?? mentioned(id, in: range)
        )
    }

    /// The id in `@fig-id`.
    private func mentioned(_ id: String, in range: SourceRange) -> SourceRange {
        SourceRange(file: range.file, lower: max(range.lower, range.upper - id.utf8.count), upper: range.upper)
    }
}

extension [UInt8] {
    /// The byte at a place; nil behind the end.
    func element(at index: Int) -> UInt8? { indices.contains(index) ? self[index] : nil }
}
