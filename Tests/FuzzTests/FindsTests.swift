import Foundation
import FuzzTargets
import Testing

/// What `make fuzz` once found, and the inputs that it begins with, hold to every property of their targets.
@Suite struct FindsTests {
    private static let finds = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Finds")

    /// Files below `Finds/TARGET/`, by target and name.
    private static let inputs: [String] = {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: finds.path)) ?? []
        return names.filter { $0.contains("/") && !$0.contains("/.") }.sorted()
    }()

    @Test(arguments: inputs) func staysMended(input: String) throws {
        let name = try #require(input.split(separator: "/").first)
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        try target.check(Array(try Data(contentsOf: Self.finds.appending(path: input))))
    }

    @Test(arguments: FuzzTarget.all.map(\.name)) func seedsHold(name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        #expect(!target.seeds.isEmpty && !target.words.isEmpty)
        for seed in target.seeds { try target.check(Array(seed.utf8)) }
    }
}
