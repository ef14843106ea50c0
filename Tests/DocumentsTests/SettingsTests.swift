import Diagnostics
import Documents
import Testing

/// `report.yaml` as `report reference` states it.
@Suite struct SettingsTests {
    /// The names of variables, and each diagnostic's code with the text of its range.
    private func read(_ text: String) -> (names: [String], faults: [String], diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "report.yaml", text: text)
        let settings = ProjectSettings(reading: source, diagnostics: &diagnostics)
        return (
            settings.environment.map(\.name), diagnostics.map { "\($0.code.name): \($0.range?.text ?? "nowhere")" },
            diagnostics
        )
    }

    @Test(arguments: [
        ("", []), ("# nothing yet\n", []), ("environment: [RELEASE, _x1]\n", ["RELEASE", "_x1"]),
        ("environment: RELEASE", ["RELEASE"]), ("environment:\n- B # first\n- A\n", ["B", "A"]),
        ("\u{FEFF}environment: [A]\r\n", ["A"]), ("environment: [\"A\", 'B']", ["A", "B"]),
    ])
    func variables(text: String, names: [String]) {
        let read = read(text)
        #expect(read.names == names && read.faults == [])
    }

    @Test(arguments: [
        ("enviroment: [A]", ["unknown-key: enviroment"]), ("engines: {mine: {command: [x]}}", ["missing-key: mine"]),
        ("engines: {mine: {command: [x], dialect: mysql}}", ["unknown-choice: mysql"]),
        ("engine: {}", ["unknown-key: engine"]),
        ("environment:", ["wrong-type: environment"]), ("environment: []", ["wrong-type: []"]),
        ("environment: {A: b}", ["wrong-type: {A: b}"]), ("environment: [[A]]", ["wrong-type: [A]"]),
        (
            "environment: [A, 1A, 'A=b', \"é\", '']",
            ["wrong-type: ''", "wrong-type: 1A", "wrong-type: 'A=b'", "wrong-type: \"é\""]
        ),
        ("environment: [A, B, A]", ["key-conflict: A"]), ("environment: [{params.x}]", ["wrong-type: {params.x}"]),
        ("environment: [A]\nenvironment: [B]", ["duplicate-key: environment"]),
        ("environment: [&x A, *x]", ["refused-yaml: &x"]),
        ("- environment", ["not-a-mapping: - environment"]), ("environment: [A", ["invalid-yaml: "]),
    ])
    func faults(text: String, faults: [String]) {
        #expect(read(text).faults == faults)
    }

    /// What is near a key is proposed, and what is right beside a fault is kept.
    @Test func fixes() {
        let read = read("enviroment: [A]\n")
        #expect(read.diagnostics.first?.fixIts.first?.replacement == "environment")
        #expect(read.diagnostics.first?.range?.start == SourceLocation(line: 1, column: 1))
        #expect(self.read("environment: [A, '?']").names == ["A"])
        #expect(
            self.read("other: 1").diagnostics.first?.notes.first?.message
                == "its keys are environment, audit, site, publish, engines")
    }

    @Test func largeFiles() {
        #expect(
            read("# " + String(repeating: "x", count: 64 << 10)).diagnostics.map(\.code.name) == ["directive-too-large"]
        )
    }
}
