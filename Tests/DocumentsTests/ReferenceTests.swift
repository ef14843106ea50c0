import Diagnostics
import Testing
import Values

@testable import Documents

/// The reference and the JSON Schema hold what the schemas do.
@Suite struct ReferenceTests {
    private static let definitions = BodySchema.value["$defs"]

    @Test(arguments: DirectiveSchema.all.map(\.word))
    func everyKeyHasATypeAndADescription(word: String) throws {
        let schema = try #require(DirectiveSchema.named(word))
        let body = try #require(Self.definitions?[word])
        #expect(body["properties"]?.object?.keys == schema.allKeys.map(\.name))
        #expect(body["additionalProperties"] == .boolean(false))
        #expect((body["required"]?.list ?? []) == schema.keys.filter(\.isRequired).map { .string($0.name) })
        for key in schema.allKeys {
            let property = try #require(body["properties"]?[key.name])
            #expect(property["description"]?.string == key.doc)
            let isTyped = ["type", "anyOf"].contains { property[$0] != nil }
            #expect(isTyped || key.type == .any, "\(word).\(key.name)")
        }
    }

    /// The words of every choice, however deep, are an `enum`.
    @Test(arguments: DirectiveSchema.all.map(\.word))
    func choicesAreEnums(word: String) throws {
        let schema = try #require(DirectiveSchema.named(word))
        for key in schema.allKeys {
            let property = try #require(Self.definitions?[word]?["properties"]?[key.name])
            let enums = Self.members("enum", of: property)
            for words in Self.choices(of: key.type) {
                #expect(
                    enums.contains { Set($0.list ?? []).isSuperset(of: words.map { .string($0) }) },
                    "\(word).\(key.name): \(words)")
            }
        }
    }

    private static func choices(of type: OptionType) -> [[String]] {
        switch type {
        case .choice(let words): [words]
        case .list(let item), .oneOrMore(let item), .mapOf(let item): choices(of: item)
        case .mapping(let keys): keys.flatMap { choices(of: $0.type) }
        case .union(let types): types.flatMap(choices)
        default: []
        }
    }

    /// All values of a key in a tree.
    private static func members(_ key: String, of value: Value) -> [Value] {
        switch value {
        case .list(let items): items.flatMap { members(key, of: $0) }
        case .object(let object):
            object.flatMap { ($0.key == key ? [$0.value] : []) + members(key, of: $0.value) }
        default: []
        }
    }

    @Test func boundsDefaultsAndReferences() throws {
        let definitions = try #require(Self.definitions)
        let level = try #require(definitions["proxy"]?["properties"]?["level"])
        #expect(level["default"] == 0.95)
        #expect(level["anyOf"]?.list?[0] == ["type": "number", "minimum": 0.5, "maximum": 0.999])
        #expect(definitions["proxy"]?["properties"]?["estimators"]?["default"]?.list?.count == 5)
        // A default in words is none.
        #expect(definitions["simulation"]?["properties"]?["prior"]?["default"] == nil)
        // YAML reads `echo: false` as a truth value.
        let echo = definitions["data"]?["properties"]?["echo"]?["anyOf"]?.list?[0]
        #expect(echo?["enum"] == ["false", "true", "fold", true, false])
        let targets = Set(Self.members("$ref", of: BodySchema.value))
        #expect(targets == ["#/$defs/reference"] && definitions["reference"] != nil)
    }

    @Test func everyDirectiveKeyAndResultIsListed() throws {
        let text = LanguageReference.text(codes: [DiagnosticCode(1, "a-code")])
        for schema in DirectiveSchema.all {
            let section = try #require(LanguageReference.text(directives: [schema.word]))
            #expect(text.contains(section))
            for key in schema.keys { #expect(section.contains("| `\(key.name)` | "), "\(schema.word).\(key.name)") }
            #expect(!schema.results.isEmpty)
            for result in schema.results { #expect(section.contains("| `\(result.path)` | ")) }
        }
        for key in FrontMatterReader.keys + DirectiveSchema.common { #expect(text.contains("| `\(key.name)` | ")) }
        #expect(text.contains("| E0001 | `a-code` |"))
        #expect(text.contains("| `at.last` | a name | required |"))
        #expect(LanguageReference.text(directives: ["proxy", "nonsense"]) == nil)
    }

    /// No bar of a text makes another cell.
    @Test func tablesHaveAsManyCellsAsHeadings() {
        var columns = 0
        for line in LanguageReference.text(codes: []).split(separator: "\n", omittingEmptySubsequences: false) {
            let cells = line.replacing("\\|", with: "").count { $0 == "|" }
            if columns > 0, cells > 0 { #expect(cells == columns, "\(line)") }
            columns = cells
        }
    }

    @Test func formsAreWhatTheyAreCalled() throws {
        for form in NumberFormat.forms { #expect(NumberFormat(parsing: form.text)?.description == form.text) }
        for form in ClaimCondition.forms { #expect(ClaimCondition.parse(form.text) != nil, "\(form.text)") }
        #expect(["a"].alternatives == "'a'" && ["a", "b", "c"].alternatives == "'a', 'b' or 'c'")
    }

    @Test func placeholdersAreWordsInCapitals() {
        #expect(ResultSchema("rows[N].by.METRIC.se", "").components == ["rows", "N", "by", "METRIC", "se"])
        #expect(ResultSchema.isPlaceholder("METRIC") && !ResultSchema.isPlaceholder("df2"))
    }
}
