import Diagnostics
import Documents
import Reports
import Testing
import Values

/// Values and claims against results.
@Suite struct ResolutionTests {
    private let root: Value = [
        "lift": [
            "mu": ["estimate": 0.0324, "se": 0.01, "interval": [0.012, 0.0528], "p": 0.0012],
            "tau": ["estimate": -0.0004, "interval": [nil, 0.5], "p": 0.8], "effects": [["estimate": 1.5]],
            "page views": ["n": 48_392],
        ],
        "params": ["alpha": 0.05, "segment": "new users"], "meta": ["date": "2024-05-01"],
    ]

    private func document(_ body: String) throws -> AnalysisDocument {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "a.md", text: "---\ntitle: T\n---\n" + body)
        let document = AnalysisDocument.parse(
            source, includes: { _, range, _ in .failure(.error(.includeCycle, "none", at: range)) },
            diagnostics: &diagnostics)
        #expect(diagnostics.isEmpty)
        return try #require(document)
    }

    @Test(arguments: [
        ("lift.mu.estimate | +.1%", "+3.2%"), ("lift.mu | interval .1%", "3.2% [1.2%, 5.3%]"), ("lift.mu", "0.0324"),
        ("lift.mu | p", "p = .001"), ("lift.effects[0] | .2f", "1.50"), ("lift[\"page views\"].n | ,", "48\u{2009}392"),
        ("params.segment", "new users"), ("meta.date", "2024-05-01"), ("lift.tau | interval .1f", "0.0 [−∞, 0.5]"),
        ("lift.tau.estimate | .2f", "0.00"),
    ])
    func values(span: String, text: String) throws {
        var diagnostics: [Diagnostic] = []
        let value = try #require(try document("`{\(span)}`").values.values.first)
        let resolved = try #require(value.resolved(in: root, diagnostics: &diagnostics))
        #expect(diagnostics.isEmpty)
        #expect(resolved.text == text && resolved.value == root[value.path])
        #expect(resolved.range.text == "`{\(span)}`")
    }

    @Test(arguments: [
        ("lift.mu.estimat", "path-to-nothing", "lift.mu.estimate"), ("lfit.mu", "path-to-nothing", "lift.mu"),
        ("lift.zeta", "path-to-nothing", nil), ("lift.effects[7]", "path-to-nothing", nil),
        ("lift.mu.estimate.x", "path-to-nothing", nil), ("lift", "not-a-number", nil),
        ("lift.effects", "not-a-number", nil),
        ("params.segment | .2f", "not-a-number", nil), ("lift.mu.se | interval .2f", "not-a-number", nil),
        ("lift.tau.interval[0]", "not-a-number", nil),
    ])
    func valuesThatAreNone(span: String, code: String, fixed: String?) throws {
        var diagnostics: [Diagnostic] = []
        let value = try #require(try document("é `{\(span)}`").values.values.first)
        #expect(value.resolved(in: root, diagnostics: &diagnostics) == nil)
        #expect(diagnostics.map(\.code.name) == [code])
        #expect(diagnostics[0].range?.text == "`{\(span)}`")
        let fix = diagnostics[0].fixIts.first
        #expect(fix.map { span.replacing($0.range.text, with: $0.replacement) } == fixed)
        #expect(fixed != nil || !diagnostics[0].notes.isEmpty || code == "not-a-number")
    }

    @Test(arguments: [
        ("[+3.2%](#lift.mu.estimate)", true), ("[3.2%](#lift.mu)", true), ("[3.3%](#lift.mu)", false),
        ("[3.3%](#lift.mu \"within 0.1pp\")", true), ("[3.4%](#lift.mu \"within 0.1pp\")", false),
        ("[3.3%](#lift.mu \"within 2%\")", true), ("[3.4%](#lift.mu \"within 2%\")", false),
        ("[gain](#lift.mu \"> 0\")", true), ("[gain](#lift.tau \"> 0\")", false),
        ("[gain](#lift.mu \">= 0.0324\")", true),
        ("[small](#lift.mu \"< 5%\")", true), ("[small](#lift.mu \"<= 3%\")", false),
        ("[reliable](#lift.mu \"excludes 0\")", true), ("[reliable](#lift.tau \"excludes 0\")", false),
        ("[none](#lift.tau \"includes 0\")", true), ("[none](#lift.tau.interval \"includes 1\")", false),
        ("[sure](#lift.mu \"p < .05\")", true), ("[sure](#lift.tau.p \"p < .05\")", false),
        ("[x](#lift.tau \"p > .1\")", true),
        ("[a reliable 3.2%](#lift.mu \"excludes 0\")", true), ("[a reliable 3.9%](#lift.mu \"excludes 0\")", false),
        ("[48,392](#lift[\"page%20views\"].n)", true), ("[0.00](#lift.tau)", true), ("[−0.0004](#lift.tau)", true),
    ])
    func claims(link: String, holds: Bool) throws {
        var diagnostics: [Diagnostic] = []
        let claim = try #require(try document(link).claims.values.first)
        let resolved = try #require(claim.resolved(in: root, diagnostics: &diagnostics))
        #expect(resolved.holds == holds && !resolved.current.isEmpty)
        #expect(diagnostics.map(\.code.name) == (holds ? [] : ["claim-fails"]))
    }

    @Test func rewriting() throws {
        var diagnostics: [Diagnostic] = []
        let claim = try #require(try document("é [**+2.9%** up](#lift.mu \"> 0\")").claims.values.first)
        let resolved = try #require(claim.resolved(in: root, diagnostics: &diagnostics))
        #expect(resolved.current == "+3.2%" && resolved.text == "+2.9% up")
        #expect(resolved.rewrite?.range.text == "+2.9" && resolved.rewrite?.replacement == "+3.2")
        #expect(diagnostics[0].fixIts == [try #require(resolved.rewrite)])
        #expect(diagnostics[0].message == "'+2.9% up' no longer holds: 'lift.mu' is +3.2% now")
    }

    @Test(arguments: [
        ("[1](#lift.effects)", "not-a-number"), ("[x](#lift.mu.estimate \"excludes 0\")", "not-a-number"),
        ("[x](#lift.effects \"p < .05\")", "not-a-number"), ("[1](#lift.gone)", "path-to-nothing"),
    ])
    func claimsThatCannotBeChecked(link: String, code: String) throws {
        var diagnostics: [Diagnostic] = []
        let claim = try #require(try document(link).claims.values.first)
        #expect(claim.resolved(in: root, diagnostics: &diagnostics) == nil)
        #expect(diagnostics.map(\.code.name) == [code])
    }
}
