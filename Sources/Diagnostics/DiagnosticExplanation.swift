/// What a code of diagnostics stands for, told at length: `report explain` prints it, SARIF carries it as a rule.
///
/// Examples are Markdown as it stands in an analysis, or one command line; a code whose fault no small example shows
/// has none.
package struct DiagnosticExplanation: Hashable, Sendable {
    package let code: DiagnosticCode
    /// The rule, as one sentence without a full stop.
    package let rule: String
    /// Why the rule is so, and where it is held.
    package let reason: String
    /// What breaks the rule, and the same put right.
    package let example: Example?
    /// What to do.
    package let remedy: String

    package struct Example: Hashable, Sendable {
        package let wrong: String
        package let right: String

        package init(wrong: String, right: String) {
            self.wrong = wrong
            self.right = right
        }
    }

    package init(
        _ number: Int, _ name: String, _ rule: String, why reason: String, _ example: Example?, do remedy: String
    ) {
        code = DiagnosticCode(number, name)
        self.rule = rule
        self.reason = reason
        self.example = example
        self.remedy = remedy
    }

    package init(
        _ number: Int, _ name: String, _ rule: String, why reason: String, wrong: String, right: String,
        do remedy: String
    ) {
        self.init(number, name, rule, why: reason, Example(wrong: wrong, right: right), do: remedy)
    }

    /// The explanation as text, which is Markdown too: prose in lines of at most 80 characters, examples indented.
    package var text: String {
        var text = "\(code) \(code.name)\n\n" + Self.wrapped(rule + ".") + "\n" + Self.wrapped(reason)
        if let example {
            text += "\nWrong:\n\n" + Self.indented(example.wrong) + "\nRight:\n\n" + Self.indented(example.right)
        }
        return text + "\n" + Self.wrapped("What to do: " + remedy)
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
    }

    private static func wrapped(_ text: String) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if line.count + 1 + word.count <= 80 {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
