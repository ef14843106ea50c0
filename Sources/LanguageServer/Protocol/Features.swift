extension LSP {
    struct CompletionList: Encodable {
        var isIncomplete = false
        var items: [CompletionItem]
    }

    struct CompletionItem: Encodable, Hashable {
        /// CompletionItemKind.
        enum Kind: Int, Encodable {
            case text = 1, function = 3, field = 5, variable = 6, module = 9, property = 10, unit = 11, value = 12
            case enumeration = 13, keyword = 14, file = 17, reference = 18, folder = 19, constant = 21
        }

        var label: String
        var kind: Kind
        var detail: String?
        var documentation: MarkupContent?
        var sortText: String?
        var filterText: String?
        /// 2 where the new text has tab stops.
        var insertTextFormat: Int?
        var textEdit: TextEdit
    }

    struct Hover: Encodable {
        var contents: MarkupContent
        var range: Range?
    }

    struct DocumentHighlight: Encodable {
        var range: Range
        /// 2 read, 3 write.
        var kind: Int
    }

    struct PreparedRename: Encodable {
        var range: Range
        var placeholder: String
    }

    struct DocumentSymbol: Encodable {
        /// SymbolKind.
        enum Kind: Int, Encodable { case module = 2, function = 12, string = 15, object = 19 }

        var name: String
        var detail: String?
        var kind: Kind
        var range: Range
        var selectionRange: Range
        var children: [DocumentSymbol]?
    }

    struct FoldingRange: Encodable, Hashable {
        var startLine: Int
        var endLine: Int
        /// `region` or, for YAML and code, nothing.
        var kind: String?
    }

    struct DocumentLink: Encodable {
        var range: Range
        var target: String
        var tooltip: String?
    }

    struct InlayHint: Encodable {
        var position: Position
        var label: String
        var tooltip: MarkupContent?
        var paddingLeft = true
    }

    struct CodeAction: Encodable {
        var title: String
        var kind: String
        var diagnostics: [Diagnostic]?
        var isPreferred: Bool?
        var edit: WorkspaceEdit
    }
}
