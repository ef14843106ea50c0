extension LSP {
    struct DocumentIdentifier: Codable, Hashable { var uri: String }

    struct DidOpenParams: Decodable {
        struct Item: Decodable {
            var uri: String
            var languageId: String?
            var version: Int
            var text: String
        }

        var textDocument: Item
    }

    struct DidChangeParams: Decodable {
        struct Versioned: Decodable {
            var uri: String
            var version: Int?
        }
        struct Change: Decodable {
            /// nil where `text` is the whole document.
            var range: Range?
            var text: String
        }

        var textDocument: Versioned
        var contentChanges: [Change]
    }

    struct DocumentParams: Decodable { var textDocument: DocumentIdentifier }

    struct PositionParams: Decodable {
        var textDocument: DocumentIdentifier
        var position: Position
    }

    struct RangeParams: Decodable {
        var textDocument: DocumentIdentifier
        var range: Range
    }

    struct ReferenceParams: Decodable {
        struct Context: Decodable { var includeDeclaration: Bool }

        var textDocument: DocumentIdentifier
        var position: Position
        var context: Context
    }

    struct RenameParams: Decodable {
        var textDocument: DocumentIdentifier
        var position: Position
        var newName: String
    }

    struct CodeActionParams: Decodable {
        struct Context: Decodable { var only: [String]? }

        var textDocument: DocumentIdentifier
        var range: Range
        var context: Context
    }
}
