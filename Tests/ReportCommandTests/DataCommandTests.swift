import Foundation
import Testing

/// `report data generate`: the shipped files are what it writes, and a file of any size is whole.
@Suite struct DataCommandTests {
    private static let shipped = BuiltBinary.root.appending(path: "Analyses/data/designs")

    @Test(arguments: [
        ("units", ["--units", "1000", "--seed", "13"]),
        ("clusters", ["--units", "400", "--clusters", "40", "--seed", "9"]),
    ])
    func shippedFilesAreMadeAgain(name: String, options: [String]) throws {
        let folder = try BuiltBinary.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let arguments = ["data", "generate", "--effect", "0.2", "--out", "made/\(name).csv"] + options
        let made = try BuiltBinary.run(arguments, in: folder)
        #expect(made.code == 0 && made.standardOutput == "made/\(name).csv\nmade/\(name).truth.json\n")
        for file in ["\(name).csv", "\(name).truth.json"] {
            let bytes = try Data(contentsOf: folder.appending(path: "made/\(file)"))
            #expect(try bytes == Data(contentsOf: Self.shipped.appending(path: file)), "\(file)")
        }
        // What is there stays, unless it is asked for.
        let again = try BuiltBinary.run(arguments, in: folder)
        #expect(again.code == 1 && again.standardError.contains("is there already"))
        #expect(try BuiltBinary.run(arguments + ["--force"], in: folder).code == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "made").path).sorted()
        #expect(names == ["\(name).csv", "\(name).truth.json"])
    }

    /// Pieces follow each other without a gap.
    @Test func manyUnits() throws {
        let folder = try BuiltBinary.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltBinary.run(
            ["data", "generate", "--units", "140001", "--experiments", "7", "--out", "u.csv"], in: folder)
        #expect(result.code == 0)
        let lines = try String(contentsOf: folder.appending(path: "u.csv"), encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 140_002)
        #expect(lines.dropFirst().enumerated().allSatisfy { $1.hasPrefix("u\($0 + 1),t") })
        #expect(lines[20_001].hasPrefix("u20001,t1,") && lines[20_002].hasPrefix("u20002,t2,"))
    }

    @Test func optionsThatCannotBe() throws {
        let folder = try BuiltBinary.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for wrong in [["--units", "0"], ["--units", "5", "--experiments", "6"], ["--units", "5", "--effect", "-1"]] {
            let arguments = ["data", "generate", "--out", "u.csv"] + wrong
            #expect(try BuiltBinary.run(arguments, in: folder).code == 64)
        }
        let text = try BuiltBinary.run(["data", "generate", "--units", "5", "--out", "u.txt"], in: folder)
        #expect(text.code == 1 && text.standardError.contains("ends in .csv"))
    }
}
