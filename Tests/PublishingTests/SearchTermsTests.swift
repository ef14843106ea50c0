import Testing

@testable import Publishing

/// Text becomes terms: the expected ones by hand.
@Suite struct SearchTermsTests {
    private func terms(_ text: String) -> [String] {
        var reader = SearchTerms()
        return reader.terms(text)
    }

    @Test(arguments: [
        ("The Mean-effect, of s2_treatment.", "the mean effect of s2 treatment"),
        ("Student’s don't 'quoted' rock'n", "students dont quoted rockn"),
        ("0.83 \u{2212}0.83 .03 p=.05 3% 1.", "0.83 0.83 0.03 p 0.05 3 1"),
        ("1,234.5 12\u{202F}345 1\u{2009}000\u{2009}000 1,23 1,2345", "1234.5 12345 1000000 1 23 1 2345"),
        ("a.b v1.2.3 e.g. x.5", "a b v1.2.3 e g x 5"),
        ("Zürich ÉTÉ e\u{301}te\u{301} naïve Łódź Straße Æon ﬁ", "zurich ete ete naive lodz strasse aeon ﬁ"),
        ("τ² Ωmega й Ё", "τ² ωmega й ё"), ("東京の表 abc漢", "東 京 の 表 abc 漢"),
        ("\u{301} . , ' \u{1F600}", ""), ("हिन्दी", "हिन्दी"),
    ])
    func termsOfText(text: String, expected: String) {
        #expect(terms(text).joined(separator: " ") == expected)
    }

    /// A term that is looked for is itself.
    @Test(arguments: ["Zürich’s 1,234.5 s2_treatment .03 v1.2", "東京 हिन्दी τ²", "é1.5é .5.5"])
    func termsAreTheirOwn(text: String) {
        for term in terms(text) { #expect(terms(term) == [term]) }
    }

    @Test func longTermsAreCut() {
        #expect(terms(String(repeating: "ab", count: 40)) == [String(repeating: "ab", count: 16)])
        #expect(terms(String(repeating: "é", count: 40)) == [String(repeating: "e", count: 32)])
    }

    /// What the script must know to fold as the index was folded.
    @Test func foldingIsTold() {
        var reader = SearchTerms()
        _ = reader.terms("Zürich Łódź ß й")
        let table = reader.folding.table.map { "\($0.key)\($0.value)" }.sorted()
        #expect(table == ["ß" + "ss", "ó" + "o", "ü" + "u", "ł" + "l", "ź" + "z"].sorted())
    }
}
