import Diagnostics
import Documents
import Testing
import Values

/// `params` and `sweep` of front matter as the README states them.
@Suite struct ParameterTests {
    private func read(_ yaml: String) -> Read { Read(whole: "---\ntitle: T\n\(yaml)\n---\n") }

    @Test func bothForms() throws {
        let read = read(
            """
            params:
              plain: 2
              level: {default: 0.9, min: 0, max: 1, help: Of intervals.}
              folds: {default: 5, type: integer, min: 2}
              segment: {default: a, choices: [a, b, 1]}
              code: {default: 7, type: text}
              since: {default: 2026-05-31, type: date}
              names: {default: [x], choices: [x, y]}
            """)
        #expect(read.faults == [])
        let matter = try #require(read.document?.frontMatter)
        #expect(
            matter.params == [
                "plain": 2, "level": 0.9, "folds": 5, "segment": "a", "code": "7", "since": "2026-05-31",
                "names": ["x"],
            ])
        #expect(matter.parameters.map(\.kind) == [.number, .number, .integer, .text, .text, .date, .list])
        #expect(
            matter.parameters[1].help == "Of intervals." && matter.parameters[1].description == "a number from 0 to 1")
        #expect(matter.parameters[3].choices == ["a", "b", "1"])
        #expect(matter.parameters[6].description == "a list of texts")
    }

    /// What a person types for each parameter, and the value or the code of the fault.
    @Test(arguments: [
        ("2", "1e-3", "0.001"), ("2", "inf", "wrong-type"), ("2", "", "wrong-type"), ("true", "false", "false"),
        ("true", "yes", "wrong-type"), ("a", "1", "\"1\""), ("a", "", "\"\""),
        ("{default: 5, type: integer}", "6", "6"), ("{default: 5, type: integer}", "6.5", "wrong-type"),
        ("{default: 0.9, min: 0, max: 1}", "1", "1"), ("{default: 0.9, min: 0, max: 1}", "1.01", "out-of-range"),
        ("{default: alpha, choices: [alpha, beta]}", "beta", "\"beta\""),
        ("{default: alpha, choices: [alpha, beta]}", "betta", "unknown-choice"),
        ("{default: 2026-05-31, type: date}", "2024-02-29", "\"2024-02-29\""),
        ("{default: 2026-05-31, type: date}", "2023-02-29", "wrong-type"),
        ("[1, 2]", "3,4.5", "[3,4.5]"), ("[1, 2]", "3,x", "wrong-type"), ("[1, 2]", "", "[]"),
        ("[a]", "1,b", "[\"1\",\"b\"]"),
        ("{default: [1], max: 2}", "1,3", "out-of-range"), ("{default: [a], choices: [a, b]}", "b,c", "unknown-choice"),
    ])
    func typed(declaration: String, text: String, expected: String) throws {
        let read = read("params: {x: \(declaration)}")
        #expect(read.faults == [])
        let parameter = try #require(read.document?.frontMatter.parameters.first)
        switch parameter.value(of: text) {
        case .success(let value): #expect(value.canonicalJSON == expected)
        case .failure(let fault): #expect(fault.code.name == expected)
        }
    }

    @Test(arguments: [
        ("params: {x: {default: 2, min: 3}}", ["out-of-range: 2"]),
        ("params: {x: {default: c, choices: [a, b]}}", ["unknown-choice: c"]),
        ("params: {x: {default: a, type: number}}", ["wrong-type: a"]),
        ("params: {x: {default: 1, choices: [1, b]}}", ["wrong-type: b"]),
        ("params: {x: {default: a, min: 3}}", ["key-conflict: 3"]),
        ("params: {x: {default: 1, min: 3, max: 2}}", ["key-conflict: 3"]),
        ("params: {x: {default: {a.b}}}", ["wrong-type: {a.b}"]),
        ("params: {x: {default: 1, tpye: number}}", ["unknown-key: tpye"]),
        ("params: {x: {default: 1, type: nubmer}}", ["unknown-choice: nubmer"]),
        ("params: {x: 1}\nsweep: {y: [1]}", ["unknown-key: y"]),
        ("params: {x: 1}\nsweep: {x: 2}", ["wrong-type: 2"]),
        ("params: {x: 1}\nsweep: {x: [1, a, 1]}", ["wrong-type: a", "key-conflict: 1"]),
        ("params: {x: 1}\nsweep: {x: [2], compare: [a b]}", ["wrong-type: a b"]),
        ("params: {x: 1}\nsweep: {x: [2], compare: [{text: a}]}", ["missing-key: "]),
        ("params: {x: 1}\nsweep: [x]", ["wrong-type: [x]"]),
    ])
    func faults(yaml: String, expected: [String]) { #expect(read(yaml).faults == expected) }

    @Test func sweep() throws {
        let read = read(
            """
            params: {x: 1, s: {default: a, choices: [a, 1]}}
            sweep:
              s: [a, 1]
              x: [1, 0.5]
              compare: [fit.mu.estimate, "{fit.mu | interval .2f}", {value: fit.tau.estimate, text: "*Spread*"}]
            """)
        #expect(read.faults == [])
        let sweep = try #require(read.document?.frontMatter.sweep)
        #expect(sweep.axes.map(\.parameter.name) == ["s", "x"])
        #expect(sweep.axes.map(\.values) == [["a", "1"], [1, 0.5]])
        #expect(sweep.columns.map(\.path.description) == ["fit.mu.estimate", "fit.mu", "fit.tau.estimate"])
        #expect(sweep.columns.map(\.format?.description) == [nil, "interval .2f", nil])
        #expect(sweep.columns.map(\.title) == [nil, nil, "*Spread*"])
    }
}
