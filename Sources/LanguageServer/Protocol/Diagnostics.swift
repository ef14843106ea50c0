extension LSP {
    struct Diagnostic: Encodable, Hashable {
        struct Related: Encodable, Hashable {
            var location: Location
            var message: String
        }

        var range: Range
        /// 1 error, 2 warning.
        var severity: Int
        var code: String
        var source = "report"
        var message: String
        var relatedInformation: [Related]?
    }

    struct PublishDiagnosticsParams: Encodable {
        var uri: String
        var version: Int?
        var diagnostics: [Diagnostic]
    }
}
