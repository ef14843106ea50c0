import Diagnostics
import Documents
import Testing
import Values

/// Bodies of directives: values, places, and what is refused.
@Suite struct YAMLTests {
    /// The option `x` of a table, which takes anything within rows.
    private func cell(_ yaml: String) -> OptionNode? {
        Read("table", "rows: [[\(yaml)]]").options?["rows"]?.items.first?.items.first
    }

    @Test(arguments: [
        ("1", Value.number(1)), ("-1.5e3", .number(-1500)), (".5", .number(0.5)), ("1.", .number(1)),
        ("0x1F", .number(31)),
        ("0o17", .number(15)), ("+2", .number(2)), ("true", .boolean(true)), ("FALSE", .boolean(false)),
        ("null", .null),
        ("~", .null), ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), (".inf", ".inf"), (".nan", ".nan"),
        ("1e999", "1e999"), ("1_000", "1_000"), ("2024-05-01", "2024-05-01"), ("1:30", "1:30"), ("\"1\"", "1"),
        ("'true'", "true"), ("é", "é"), ("\"a\\nb\\u00e9\"", "a\nbé"), ("''", ""),
    ])
    func scalars(yaml: String, value: Value) {
        #expect(cell(yaml)?.value == value)
        #expect(cell(yaml)?.range.text == yaml)
    }

    @Test func namesStayAsWritten() {
        let read = Read("proxy", "effects: e\noutcome: 1\nproxies: [no, 01, 1.50]")
        #expect(read.faults.isEmpty)
        #expect(read.options?["outcome"]?.string == "1")
        #expect(read.options?["proxies"]?.strings == ["no", "01", "1.50"])
    }

    @Test(arguments: ["\n", "\r\n"])
    func places(ending: String) throws {
        let text = """
            ```table
            # remark é
            "of":  é.b   # tail
            caption: >-
              two *lines*
              of é

              text
            footnotes:
              - 'it''s'
              - |
                *a* &b
                !c
              - plain over
                two lines
            columns: [ é, {value: "x: y", title: z} ] # c
            ```
            """.replacing("\n", with: ending)
        let read = Read(text)
        let options = try #require(read.options)
        #expect(options["of"]?.range.text == "é.b")
        #expect(options.entries.map(\.keyRange.text) == ["\"of\"", "caption", "footnotes", "columns"])
        #expect(options["caption"]?.range.text.hasSuffix("  text") == true)
        #expect(options["caption"]?.string == "two *lines* of é\ntext")
        let notes = try #require(options["footnotes"]?.items)
        #expect(notes.map(\.string) == ["it's", "*a* &b\n!c\n", "plain over two lines"])
        #expect(notes[0].range.text == "'it''s'")
        #expect(notes[1].range.text.hasPrefix("|") && notes[1].range.text.hasSuffix("!c"))
        #expect(notes[2].range.text == "plain over\(ending)    two lines")
        let columns = try #require(options["columns"])
        #expect(columns.range.text == "[ é, {value: \"x: y\", title: z} ]")
        #expect(columns.items[1].range.text == "{value: \"x: y\", title: z}")
        #expect(columns.items[1]["value"]?.range.text == "\"x: y\"")
        #expect(columns.items[1].range.start == SourceLocation(line: 20, column: 15))
    }

    @Test(arguments: [
        "{params.alpha}", "\"{params.alpha}\"", "'{ params.alpha }'", "{ params.alpha }",
        "{fit[\"page, views: é\"].se | +.2f}", "{a.b | ,}", "\"{a.b | interval .2f}\"",
    ])
    func references(yaml: String) {
        let node = cell(yaml + ", z")
        #expect(node?.scalar?.reference != nil)
        #expect(node?.range.text == yaml)
        #expect((node?.scalar?.format != nil) == yaml.contains("|"))
        #expect(Read("table", "rows: [[\(yaml), \"z\"]]").options?["rows"]?.items[0].items[1].range.text == "\"z\"")
    }

    @Test func referencesResolve() {
        let read = Read("covariance", "effects: e\nbootstrap: {params.draws}\nestimators: {params.list}")
        let resolved = read.options?.resolving { path, _ in path.tail.root == "draws" ? 12 : ["naive", "tc"] }
        #expect(resolved?["bootstrap"]?.number == 12)
        var diagnostics: [Diagnostic] = []
        let schema = DirectiveSchema.named("covariance")
        if let resolved { schema?.validate(resolved, diagnostics: &diagnostics) }
        #expect(diagnostics.isEmpty)
        let wrong = read.options?.resolving { _, _ in "many" }
        if let wrong { schema?.validate(wrong, diagnostics: &diagnostics) }
        #expect(diagnostics.map(\.code.name) == ["wrong-type", "unknown-choice"])
        #expect(diagnostics.map(\.range?.text) == ["{params.draws}", "{params.list}"])
    }

    @Test(arguments: [
        ("rows: &a [1]", "&a"), ("rows: *a", "*a"), ("rows: !!set x", "!!set"), ("? [a]\n: b", "?"), ("--- x", "---"),
        ("a: 1\n...", "..."), ("%YAML 1.2", "%"), ("rows: [1, *b]", "*b"), ("- &a x", "&a"), ("&a b: c", "&a"),
        ("a: \"x\"\n'b': !t y", "!t"), ("a:\n  text\n  more\nb: *c", "*c"), ("a: |\n  *x*\nb: *c", "*c"),
    ])
    func refused(yaml: String, at place: String) {
        #expect(Read("table", yaml).faults == ["refused-yaml: \(place)"])
    }

    @Test func markdownIsNoAlias() {
        let yaml =
            "of: a.b\ncaption: A & b\n  *stress* &c !d\nalt: |\n  *x*\n\n  &y\nfootnotes:\n- 'a\n\n  *b'\n- \"\n  &c\""
        #expect(Read("table", yaml).faults.isEmpty)
    }

    @Test func aliasBomb() {
        var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        for level in 1...9 {
            lines.append(
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]")
        }
        lines.append("? *a9\n: x")
        #expect(Read("table", lines.joined(separator: "\n")).faults == ["refused-yaml: &a0"])
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "])
    func nesting(piece: String) {
        let yaml = String(repeating: piece, count: 60_000 / piece.count)
        #expect(Read("table", "\n" + yaml).diagnostics.map(\.code.name) == ["refused-yaml"])
    }

    @Test func tooLarge() {
        let read = Read("table", "of: a.b\n" + String(repeating: "# x\n", count: 20_000))
        #expect(read.diagnostics.map(\.code.name) == ["directive-too-large"])
    }

    @Test(arguments: [
        ("of: a.b\nof: c.d", "of"), ("of: a.b\nrows: [{x: 1, x: 2}]", "x"), ("of: a.b\n\"of\": c", "of"),
        ("columns:\n  - value: a\n    value: b\nof: a.b", "value"), ("of: a.b\n'of' : c", "of"),
    ])
    func duplicates(yaml: String, key: String) {
        let read = Read("table", yaml)
        #expect(read.faults == ["duplicate-key: \(key)"])
        #expect(read.diagnostics.first?.notes.first?.range?.text == key)
        #expect(read.diagnostics.first?.notes.first?.range != read.diagnostics.first?.range)
    }

    /// Looking at every fault again for each token would take minutes.
    @Test(.timeLimit(.minutes(1))) func manyRepeatedKeys() {
        let read = Read(whole: "---\ntitle: T\n" + String(repeating: "draft:\n", count: 9000) + "---\n")
        #expect(read.diagnostics.count { $0.code.name == "duplicate-key" } == 8999)
    }

    @Test func sameKeysInDifferentMappings() {
        #expect(Read("table", "rows:\n- a: 1\n- a: 2\n- {a: 3}\n- {a: 4}").faults.isEmpty)
    }

    @Test(arguments: [
        ("of: [a", 6...7), ("of: a: b", 6...6), ("\tof: a", 6...6), ("of: 'a", 6...7), ("x\u{1}: y", 6...6),
        ("a\nb: c", 6...7),
    ])
    func invalid(yaml: String, lines: ClosedRange<Int>) throws {
        let read = Read("table", yaml)
        let found = try #require(read.diagnostics.first)
        #expect(read.diagnostics.count == 1 && found.code == .invalidYAML)
        #expect(lines.contains(try #require(found.range).start.line))
    }

    @Test(arguments: ["- a", "text", "[a]", "1"])
    func noMapping(yaml: String) {
        #expect(Read("table", yaml).diagnostics.map(\.code) == [.notAMapping])
    }
}
