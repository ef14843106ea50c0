package import Diagnostics

/// What is wrong with a bibliography, and where in it.
package struct BibliographyFault: Error, Sendable, Hashable {
    package var message: String
    package var range: SourceRange

    package init(message: String, range: SourceRange) {
        self.message = message
        self.range = range
    }
}

/// The forms in which works are kept.
package enum BibliographyFile: Sendable {
    case bibTeX
    /// Of files whose names end in `.json`.
    case cslJSON

    package init(path: String) { self = path.lowercased().hasSuffix(".json") ? .cslJSON : .bibTeX }

    package var name: String { self == .bibTeX ? "BibTeX" : "CSL-JSON" }

    package func read(_ file: SourceFile) -> (entries: [BibliographyEntry], faults: [BibliographyFault]) {
        switch self {
        case .bibTeX: BibTeXReader.read(file)
        case .cslJSON: CSLReader.read(file)
        }
    }
}
