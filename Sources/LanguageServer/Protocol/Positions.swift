/// The types of the Language Server Protocol 3.17 that the server speaks, by the names that they have there.
enum LSP {}

extension LSP {
    /// Lines and characters count from 0; what a character is, the position encoding says.
    struct Position: Codable, Hashable, Comparable {
        var line: Int
        var character: Int

        static func < (a: Position, b: Position) -> Bool { (a.line, a.character) < (b.line, b.character) }
    }

    struct Range: Codable, Hashable {
        var start: Position
        var end: Position

        static let zero = Range(start: Position(line: 0, character: 0), end: Position(line: 0, character: 0))
    }

    struct Location: Codable, Hashable {
        var uri: String
        var range: Range
    }

    struct TextEdit: Codable, Hashable {
        var range: Range
        var newText: String
    }

    struct VersionedTextDocumentEdit: Encodable {
        struct Document: Encodable {
            var uri: String
            /// nil for a file that is not open; said as null.
            var version: Int?

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(uri, forKey: .uri)
                try container.encode(version, forKey: .version)
            }

            private enum Key: CodingKey { case uri, version }
        }

        var textDocument: Document
        var edits: [TextEdit]
    }

    struct WorkspaceEdit: Encodable {
        /// For clients that know versions.
        var documentChanges: [VersionedTextDocumentEdit]?
        /// For all others, by URI.
        var changes: [String: [TextEdit]]?
    }

    struct MarkupContent: Codable, Hashable {
        var kind = "markdown"
        var value: String

        init(_ value: String) { self.value = value }
    }
}
