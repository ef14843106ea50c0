package import Diagnostics

/// What a directive may hold: the reference's text and the validator's rules in one value.
package struct DirectiveSchema: Sendable {
    package var word: String
    /// What it makes, in one sentence.
    package var summary: String
    package var keys: [KeySchema]
    /// Keys of which at least one is given; empty for no such rule, which `rule` checks.
    package var oneOf: [String]
    package var defaultShow: Directive.Show
    /// The main values of its result, for the reference.
    package var results: [ResultSchema]
    /// Rules between keys, run on the mapping after each key's own.
    package var rule: @Sendable (OptionNode, inout [Diagnostic]) -> Void

    package init(
        _ word: String, _ summary: String, show defaultShow: Directive.Show, keys: [KeySchema],
        oneOf: [String] = [], results: [ResultSchema],
        rule: @escaping @Sendable (OptionNode, inout [Diagnostic]) -> Void = { _, _ in }
    ) {
        self.word = word
        self.summary = summary
        self.keys = keys
        self.oneOf = oneOf
        self.defaultShow = defaultShow
        self.results = results
        self.rule = rule
    }

    /// Every directive of this version, in the order of the reference.
    package static let all: [DirectiveSchema] = [
        .data, .effects, .covariance, .proxy, .metaAnalysis, .decisionRule, .simulation, .table, .figure,
    ]

    package static func named(_ word: String) -> DirectiveSchema? { all.first { $0.word == word } }

    /// Keys that every directive takes.
    package static let common: [KeySchema] = [
        KeySchema("id", .string, "What others refer to it by: lower-case letters, digits and '-'."),
        KeySchema("caption", .richText, "The caption of its table or figure."),
        KeySchema("alt", .richText, "What the figure shows, for readers who cannot see it."),
        KeySchema(
            "echo", .choice(["false", "true", "fold"]), default: "fold",
            "Whether the report shows the directive itself."),
        KeySchema("show", .choice(["none", "table", "figure", "both"]), "What of its result the report shows."),
    ]

    package var allKeys: [KeySchema] { DirectiveSchema.common + keys }

    /// Checks a directive's options, as written (references pass) or with references resolved.
    package func validate(_ options: OptionNode, diagnostics: inout [Diagnostic]) {
        var validator = OptionValidator()
        validator.mapping(options, keys: allKeys, of: "'\(word)'")
        diagnostics += validator.diagnostics
        rule(options, &diagnostics)
    }
}
