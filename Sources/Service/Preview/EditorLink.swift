import Diagnostics

/// Addresses that open a file at a place in somebody's editor.
package struct EditorLink: Sendable, Hashable {
    /// With `{path}`, absolute and percent-encoded, `{line}` and `{column}`, both from 1.
    private let template: String

    /// The editors that are known by name.
    private static let known = [
        ("vscode", "vscode://file{path}:{line}:{column}"), ("vscodium", "vscodium://file{path}:{line}:{column}"),
        ("cursor", "cursor://file{path}:{line}:{column}"), ("windsurf", "windsurf://file{path}:{line}:{column}"),
        ("zed", "zed://file{path}:{line}:{column}"), ("idea", "idea://open?file={path}&line={line}&column={column}"),
        ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
    ]

    package static var names: [String] { known.map(\.0) }

    package static let visualStudioCode = EditorLink(template: known[0].1)

    private init(template: String) { self.template = template }

    /// An editor's name, or an address with `{path}` in it; nil for anything else, and for what a browser would run or load.
    package init?(_ text: String) {
        if let known = EditorLink.known.first(where: { $0.0 == text.lowercased() }) {
            template = known.1
            return
        }
        let scheme = text.prefix { $0 != ":" }.lowercased()
        let isScheme =
            !scheme.isEmpty && scheme.count < text.count
            && scheme.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.".utf8.contains(byte)
            }
        let isForPages = ["javascript", "data", "vbscript", "blob", "about", "file"].contains(scheme)
        guard isScheme, !isForPages, text.contains("{path}") else { return nil }
        template = text
    }

    /// - Parameters:
    ///   - path: Absolute.
    ///   - column: In UTF-16 units, as editors count.
    func address(of path: String, line: Int, column: Int) -> String {
        template.replacing("{path}", with: URIReference.text(ofPath: path))
            .replacing("{line}", with: String(line)).replacing("{column}", with: String(column))
    }
}
