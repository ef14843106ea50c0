extension LSP {
    struct InitializeParams: Decodable {
        var capabilities: ClientCapabilities?
        var initializationOptions: Options?
        var processId: Int?

        /// What an editor may set.
        struct Options: Decodable {
            /// False to check and never compute.
            var values: Bool?
        }
    }

    /// The part of what a client can do on which the server's ways depend.
    struct ClientCapabilities: Decodable {
        struct General: Decodable { var positionEncodings: [String]? }
        struct Workspace: Decodable {
            struct Edit: Decodable { var documentChanges: Bool? }
            struct Watching: Decodable { var dynamicRegistration: Bool? }
            struct Refreshing: Decodable { var refreshSupport: Bool? }

            var workspaceEdit: Edit?
            var didChangeWatchedFiles: Watching?
            var inlayHint: Refreshing?
        }
        struct TextDocument: Decodable {
            struct Completion: Decodable {
                struct Item: Decodable { var snippetSupport: Bool? }

                var completionItem: Item?
            }

            var completion: Completion?
        }
        struct Window: Decodable { var workDoneProgress: Bool? }

        var general: General?
        var workspace: Workspace?
        var textDocument: TextDocument?
        var window: Window?
    }

    struct InitializeResult: Encodable {
        struct Server: Encodable {
            var name = "report"
            var version: String
        }

        var capabilities: ServerCapabilities
        var serverInfo: Server
    }

    struct ServerCapabilities: Encodable {
        struct Synchronization: Encodable {
            struct Save: Encodable { var includeText = false }

            var openClose = true
            /// Incremental.
            var change = 2
            var save = Save()
        }
        struct Completion: Encodable {
            var triggerCharacters = ["`", "{", ".", "#", "@", "|", ":", " ", "[", "\"", "/"]
            var resolveProvider = false
        }
        struct CodeActions: Encodable { var codeActionKinds = ["quickfix", "source.fixAll"] }
        struct Rename: Encodable { var prepareProvider = true }
        struct Links: Encodable { var resolveProvider = false }

        var positionEncoding: String
        var textDocumentSync = Synchronization()
        var completionProvider = Completion()
        var hoverProvider = true
        var definitionProvider = true
        var referencesProvider = true
        var documentHighlightProvider = true
        var renameProvider = Rename()
        var documentFormattingProvider = true
        var documentSymbolProvider = true
        var foldingRangeProvider = true
        var documentLinkProvider = Links()
        var inlayHintProvider = true
        var codeActionProvider = CodeActions()
    }

    struct RegistrationParams: Encodable {
        struct Registration: Encodable {
            struct Options: Encodable {
                struct Watcher: Encodable { var globPattern: String }

                var watchers: [Watcher]
            }

            var id: String
            var method: String
            var registerOptions: Options
        }

        var registrations: [Registration]
    }

    struct Empty: Codable {}

    struct ProgressToken: Encodable { var token: String }

    struct ProgressParams: Encodable {
        struct Value: Encodable {
            var kind: String
            var title: String?
            var message: String?
        }

        var token: String
        var value: Value
    }
}
