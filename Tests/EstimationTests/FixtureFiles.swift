import Foundation
import Testing

/// Files beside the tests.
enum FixtureFiles {
    static func text(_ name: String) throws -> String {
        let folder = try #require(Bundle.module.resourceURL)
        return try String(
            contentsOf: folder.appendingPathComponent("Fixtures").appendingPathComponent(name), encoding: .utf8)
    }

    /// The rows below a CSV file's header, without quoting.
    static func rows(_ name: String) throws -> [[String]] {
        try text(name).split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text(name).utf8))
    }
}
