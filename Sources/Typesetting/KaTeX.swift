/// KaTeX in an interpreter: one formula's TeX to the markup that KaTeX writes.
struct KaTeX {
    /// What KaTeX made of a formula.
    enum Answer {
        case markup(String)
        /// What KaTeX said, without its preamble, and the UTF-16 offset where it tells one.
        case fault(message: String, offset: Int?)
        /// It used more than a formula may.
        case exhausted
    }

    /// How often macros of one formula may expand.
    static let mostExpansions = 1000
    /// The colour in which KaTeX would show what it does not trust; no formula has it otherwise.
    static let refusedColour = "#c0ffee01"

    private let engine: ScriptEngine

    /// nil where `source` is no KaTeX.
    init?(source: [UInt8]) {
        let program = Array(KaTeX.before.utf8) + source + Array(KaTeX.after.utf8)
        guard let engine = ScriptEngine(running: program) else { return nil }
        self.engine = engine
    }

    func typeset(_ tex: String, isDisplay: Bool) -> Answer {
        guard let answer = engine.typeset(tex, isDisplay) else { return .exhausted }
        let rest = answer.dropFirst()
        if answer.hasPrefix("+") { return .markup(String(rest)) }
        let offset = rest.prefix { $0 != " " }
        return .fault(message: String(rest.dropFirst(offset.count + 1)), offset: Int(offset))
    }

    /// KaTeX leaves itself in a module of its own making; ES5 lacks a function that it calls.
    private static let before = """
        if (!Array.prototype.fill) Array.prototype.fill = function (value) {
          for (var i = 0; i < this.length; i++) this[i] = value;
          return this;
        };
        var exports = {}, module = { exports: exports };

        """

    private static let after = """

        ;(function (katex) {
          if (typeof katex.renderToString !== "function") throw new Error("no KaTeX");
          this.typeset = function (tex, isDisplay) {
            try {
              return "+" + katex.renderToString(tex, {
                displayMode: isDisplay, output: "mathml", throwOnError: true, strict: "ignore", trust: false,
                maxExpand: \(mostExpansions), maxSize: 50, errorColor: "\(refusedColour)", macros: {}
              });
            } catch (error) {
              if (!(error instanceof katex.ParseError)) throw error;
              return "-" + (typeof error.position === "number" ? error.position : "") + " " + error.message;
            }
          };
        })(module.exports);
        """
}
