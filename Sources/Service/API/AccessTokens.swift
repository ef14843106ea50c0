import Digests

/// Who may ask: those who know one of the tokens.
package struct AccessTokens: Sendable {
    /// Shorter ones could be guessed.
    package static let shortest = 16

    private let tokens: [[UInt8]]
    private let key = randomKey()

    /// One a line; empty lines and those that begin with `#` are passed over.
    ///
    /// - Returns: nil where there is none, or one is too short.
    package init?(file text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        tokens = lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { Array($0.utf8) }
        guard !tokens.isEmpty, tokens.allSatisfy({ $0.count >= Self.shortest }) else { return nil }
    }

    /// Whether an `Authorization` field bears a token. Takes the same time for all that do not.
    func admit(_ field: String?) -> Bool {
        guard let field, field.lowercased().hasPrefix("bearer ") else { return false }
        let given = Array(field.utf8.dropFirst(7).drop { $0 == UInt8(ascii: " ") })
        let code = authenticationCode(of: given, key: key)
        var isKnown = false
        for token in tokens where isAuthentic(code, of: token, key: key) { isKnown = true }
        return isKnown
    }
}
