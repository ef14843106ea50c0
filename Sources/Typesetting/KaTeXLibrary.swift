import Digests
package import Workspace

/// The KaTeX that sets a report's formulas: part of what a report depends on.
package struct KaTeXLibrary: Sendable, Hashable {
    /// As the file itself tells it; empty where it does not.
    package var version: String
    package var sha256: String
    /// Where it lies on this machine; never in a report.
    package var path: String

    package init(version: String, sha256: String, path: String) {
        self.version = version
        self.sha256 = sha256
        self.path = path
    }

    /// The file that KATEX_JS names, whether or not it is there, else the first of the usual places that holds one.
    package static func file(in workspace: WorkspaceContext) -> String? {
        if let named = workspace.environment["KATEX_JS"], !named.isEmpty { return workspace.absolute(named) }
        return places.first { workspace.files.status(of: $0)?.kind == .file }
    }

    /// Debian's and Ubuntu's place, then those of npm's and Homebrew's packages.
    private static let places = [
        "/usr/share/javascript/katex/katex.js", "/usr/share/nodejs/katex/dist/katex.js",
        "/usr/lib/node_modules/katex/dist/katex.js", "/usr/local/lib/node_modules/katex/dist/katex.js",
        "/opt/homebrew/lib/node_modules/katex/dist/katex.js",
        "/opt/homebrew/opt/katex/libexec/lib/node_modules/katex/dist/katex.js",
        "/usr/local/opt/katex/libexec/lib/node_modules/katex/dist/katex.js",
    ]
}

/// KaTeX is missing or is none.
package enum KaTeXFault: Error, Hashable, Sendable {
    case missing
    case unreadable(String, reason: String)
    case unusable(String)

    /// The rule, as one sentence without a full stop.
    package var message: String {
        switch self {
        case .missing: "Formulas need KaTeX, and no katex.js is on this machine"
        case .unreadable(let path, let reason): "Formulas need KaTeX, and \(path) cannot be read: \(reason)"
        case .unusable(let path): "Formulas need KaTeX, and \(path) does not work as such"
        }
    }

    package var advice: String {
        "install the package libjs-katex (Debian, Ubuntu) or katex (npm), or let KATEX_JS name a katex.js"
    }
}

/// KaTeX with its source, which is read where a formula has to be set.
struct LoadedLibrary {
    let katex: KaTeXLibrary
    /// nil where an earlier process told what the file is.
    let source: [UInt8]?

    private static let limit = 16 << 20

    init(_ katex: KaTeXLibrary) {
        self.katex = katex
        source = nil
    }

    init(in workspace: WorkspaceContext) throws(KaTeXFault) {
        guard let path = KaTeXLibrary.file(in: workspace) else { throw .missing }
        guard workspace.files.status(of: path)?.kind == .file else {
            throw .unreadable(path, reason: "there is no such file")
        }
        let source: [UInt8]
        do throws(FileError) {
            source = try workspace.files.contents(of: path, limit: LoadedLibrary.limit)
        } catch {
            throw .unreadable(path, reason: error.reason)
        }
        self.source = source
        katex = KaTeXLibrary(version: LoadedLibrary.version(source), sha256: Digests.sha256(source), path: path)
    }

    /// The number behind `version:"` of the exported object, minified or not.
    private static func version(_ source: [UInt8]) -> String {
        let text = String(decoding: source, as: UTF8.self)
        let numbers = text.matches(of: /version:\s*"(\d+(?:\.\d+)+)"/)
        return numbers.last.map { String($0.1) } ?? ""
    }
}
