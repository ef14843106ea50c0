import Testing

@testable import Service

@Suite struct SchemaCheckTests {
    /// Comparing each of so many names with all before it would take minutes.
    @Test(.timeLimit(.minutes(1))) func manyUnknownNamesAreNotCompared() {
        let members = (0..<300_000).map { JSONTree.Member(name: "n\($0)", value: .null) }
        let schema = JSONSchema(.object([.init("a", JSONSchema(.boolean))]))
        #expect(SchemaCheck.faults(of: .object(members), by: schema).count == SchemaCheck.limit)
    }

    private static let limits = ServiceLimits(workers: 1)

    private func faults(_ text: String, proxy: Bool = false) throws -> [String] {
        let schema = proxy ? ProxyQuestion.schema(Self.limits) : ShrinkRequest.schema(Self.limits)
        return SchemaCheck.faults(of: try JSONTreeReader.read(Array(text.utf8)), by: schema).map {
            "\($0.pointer): \($0.detail)"
        }
    }

    @Test func allIsToldAtOnceWithItsPlace() throws {
        let found = try faults(
            #"""
            {"efects": 1, "method": "remll", "level": 1.5, "level": 0.9, "test": 3, "prior": {"mu": 1, "tau": -1},
             "effects": [{"experiment": "a", "effect": 1e999, "variance": -1, "se": 2},
                         {"experiment": "", "effect": "1", "variance": null, "a/b~": 1}, 7, {}]}
            """#)
        #expect(
            found == [
                "/efects: There is no 'efects' here; did you mean 'effects'?",
                "/method: This is "
                    + "'reml' or 'ml' or 'fixed' or 'dl' or 'pm' or 'eb' or 'he' or 'sj' or 'hs' or 'bayes', not 'remll'; did you mean 'reml'?",
                "/level: This is a number above 0 and below 1, not 1.5",
                "/level: A name stands once in an object",
                "/test: This is 'z' or 'knapp-hartung', not a number",
                "/prior/tau: This is a number of at least 0 and of at most 1e+100, not -1",
                "/effects/0/effect: A number is one that a double can hold",
                "/effects/0/variance: This is a number above 0 and of at most 1e+200, not -1",
                "/effects/0: Exactly one of 'variance', 'se', 'treatmentVariance' stands here",
                "/effects/1/experiment: This text has 0 characters, and may have 1 to 200",
                "/effects/1/effect: This is a number of at least -1e+100 and of at most 1e+100, not a text",
                "/effects/1/variance: This is a number above 0 and of at most 1e+200, not null",
                "/effects/1/a~1b~0: There is no 'a/b~' here",
                "/effects/2: This is an object, not a number",
                "/effects/3: 'experiment' is missing", "/effects/3: 'effect' is missing",
                "/effects/3: Exactly one of 'variance', 'se', 'treatmentVariance' stands here",
            ])
    }

    @Test func alternativesAreToldByTheOneThatFitsBest() throws {
        let effects = #""effects": [{"experiment": "a", "effect": 1, "se": 1}]"#
        #expect(try faults("{\(effects), \"prior\": {\"mu\": \"normal(0, 1)\"}}") == [])
        #expect(try faults("{\(effects), \"prior\": {\"mu\": 0, \"tau\": 1}}") == [])
        #expect(try faults("{\(effects), \"prior\": \"trials#pooled\"}") == [])
        #expect(
            try faults("{\(effects), \"prior\": {\"mu\": 0, \"tau\": 1, \"muSE\": 1}}") == [
                "/prior/muSE: There is no 'muSE' here; did you mean 'muSe'?"
            ])
        #expect(try faults("{\(effects), \"prior\": [1]}").count == 1)
    }

    @Test func manyFaultsAreCutOff() throws {
        let items = Array(repeating: "{}", count: 500).joined(separator: ",")
        #expect(try faults("{\"effects\": [\(items)]}").count == SchemaCheck.limit)
    }

    @Test func listsAreNotLongerThanAllowed() throws {
        let items = Array(repeating: "1", count: 10_001).joined(separator: ",")
        #expect(
            try faults("{\"effects\": [\(items)]}") == ["/effects: This list has 10001 items, and may have 1 to 10000"])
        #expect(try faults("{\"effects\": []}") == ["/effects: This list has 0 items, and may have 1 to 10000"])
    }

    @Test func mapsHoldNamesOfTheSendersChoice() throws {
        #expect(try faults(#"{"model": "m", "effects": [{"metrics": {"x": 1, "y": 2}}]}"#, proxy: true) == [])
        #expect(
            try faults(#"{"model": "m", "effects": [{"metrics": {"x": "1", "x": 2}}, {"metrics": {}}]}"#, proxy: true)
                == [
                    "/effects/0/metrics/x: This is a number of at least -1e+100 and of at most 1e+100, not a text",
                    "/effects/0/metrics/x: A name stands once in an object",
                    "/effects/1/metrics: This object has 0 members, and may have 1 to 100",
                ])
    }
}
