import Digests
import Workspace

/// The KaTeX that sets a report's formulas: part of what a report depends on.
package struct KaTeXLibrary: Sendable, Hashable {
    /// As the file itself tells it; empty where it does not.
    package var version: String
    package var sha256: String
    /// Where it lies on this machine; never in a report.
    package var path: String
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

/// KaTeX with its source.
struct LoadedLibrary {
    let katex: KaTeXLibrary
    let source: [UInt8]

    /// Debian's and Ubuntu's place, then those of npm's and Homebrew's packages.
    static let places = [
        "/usr/share/javascript/katex/katex.js", "/usr/share/nodejs/katex/dist/katex.js",
        "/usr/lib/node_modules/katex/dist/katex.js", "/usr/local/lib/node_modules/katex/dist/katex.js",
        "/opt/homebrew/lib/node_modules/katex/dist/katex.js",
        "/opt/homebrew/opt/katex/libexec/lib/node_modules/katex/dist/katex.js",
        "/usr/local/opt/katex/libexec/lib/node_modules/katex/dist/katex.js",
    ]
    private static let limit = 16 << 20

    /// The file that KATEX_JS names, or the first of the places that holds one.
    init(in workspace: WorkspaceContext) throws(KaTeXFault) {
        let named = workspace.environment["KATEX_JS"].flatMap { $0.isEmpty ? nil : workspace.absolute($0) }
        let candidates = named.map { [$0] } ?? LoadedLibrary.places
        guard let path = candidates.first(where: { workspace.files.status(of: $0)?.kind == .file }) else {
            throw named.map { .unreadable($0, reason: "there is no such file") } ?? .missing
        }
        do throws(FileError) {
            source = try workspace.files.contents(of: path, limit: LoadedLibrary.limit)
        } catch {
            throw .unreadable(path, reason: error.reason)
        }
        katex = KaTeXLibrary(version: LoadedLibrary.version(source), sha256: Digests.sha256(source), path: path)
    }

    /// The number behind `version:"` of the exported object, minified or not.
    private static func version(_ source: [UInt8]) -> String {
        let text = String(decoding: source, as: UTF8.self)
        let numbers = text.matches(of: /version:\s*"(\d+(?:\.\d+)+)"/)
        return numbers.last.map { String($0.1) } ?? ""
    }
}
