import Foundation
import Testing

/// The root of the checkout that this test was built in.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// A target as Package.swift declares it, or as ARCHITECTURE.md's table does.
private struct Target: Equatable {
    var name: String
    var imports: [String]
}

@Suite struct ArchitectureTests {
    /// Targets of Package.swift in order, products of other packages by their names; tests and timings left out.
    private func declared() throws -> [Target] {
        let text = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
        let body = try #require(text.range(of: "    targets: [")).upperBound
        let blocks = text[body...].split(separator: /\.(?=(?:target|executableTarget|systemLibrary|testTarget)\()/)
        let product = blocks.filter {
            !$0.hasPrefix("testTarget") && $0.contains("name:") && !$0.contains(/path: "(?:Tests\/|Benchmarks")/)
        }
        return try product.map { block in
            let name = try #require(block.firstMatch(of: /name: "(\w+)"/)).1
            let list = block.firstMatch(of: /dependencies: \[((?:[^\]"]|"[^"]*")*)\]/)?.1 ?? ""
            let products = list.matches(of: /\.product\(name: "(\w+)"/).map { String($0.1) }
            let plain = list.replacing(/\.product\([^)]*\)/, with: "").matches(of: /"(\w+)"/).map { String($0.1) }
            return Target(name: String(name), imports: (plain + products).sorted())
        }
    }

    /// Rows of the table, in order.
    private func documented() throws -> [Target] {
        let text = try String(contentsOf: root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            guard let match = line.firstMatch(of: /^\|[^|]*\| `(\w+)` \|[^|]*\| ([^|]*) \|$/) else { return nil }
            let imports = match.2 == "–" ? [] : match.2.split(separator: ", ").map(String.init)
            return Target(name: String(match.1), imports: imports.sorted())
        }
    }

    @Test func theTableIsThePackage() throws {
        let documented = try documented()
        #expect(documented.count > 10)
        let byName: (Target, Target) -> Bool = { $0.name < $1.name }
        #expect(try declared().sorted(by: byName) == documented.sorted(by: byName))
    }

    @Test func importsGoUpwards() throws {
        let documented = try documented()
        let names = documented.map(\.name)
        for (row, target) in documented.enumerated() {
            for name in target.imports {
                guard let other = names.firstIndex(of: name) else { continue }
                #expect(other < row, "\(target.name) imports \(name), which stands below it")
            }
        }
    }

    /// Import lines of the sources name what the table lists, no less and no more.
    @Test func sourcesImportWhatTheTableSays() throws {
        let documented = try documented()
        let known = Set(documented.map(\.name)).union([
            "Crypto", "Yams", "Mustache", "ArgumentParser", "HummingbirdCore", "HTTPTypes", "Logging", "NIOCore",
            "NIOPosix", "NIOHTTPTypes", "ServiceLifecycle",
        ])
        for target in documented where !target.name.hasPrefix("C") && target.name != "BuiltInTemplates" {
            let found = try imports(of: "Sources/" + target.name).intersection(known)
            #expect(found.sorted() == target.imports, "\(target.name)")
        }
    }

    /// The C library's exp, log and the like give other bits on other processors. Targets that compute or draw cannot
    /// reach them, because nothing in them imports the C library, under whatever name.
    @Test(arguments: [
        "Values", "LinearAlgebra", "Probability", "MCMC", "Estimation", "Results", "Execution", "Plotting", "Markup",
    ])
    func nothingThatComputesSeesTheCLibrary(target: String) throws {
        let found = try imports(of: "Sources/" + target)
        #expect(
            found.isDisjoint(with: ["Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "CoreFoundation"]))
    }

    private func imports(of folder: String) throws -> Set<String> {
        var found: Set<String> = []
        let folder = root.appending(path: folder)
        let paths = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var files = 0
        for case let file as URL in paths where file.pathExtension == "swift" {
            files += 1
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(
                of:
                    /(?m)^(?:@\w+ )?(?:package |public |internal |private |fileprivate )?import (?:struct |class |enum |func )?(\w+)/
            ) {
                found.insert(String(match.1))
            }
        }
        #expect(files > 0)
        return found
    }
}

@Suite struct DiagnosticCodeTests {
    /// A number stands for one fault, and a name too, so that `E0502` can be looked up.
    @Test func numbersAndNamesAreUnique() throws {
        var seen: [String: String] = [:]
        let folder = root.appending(path: "Sources")
        let paths = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        for case let file as URL in paths where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /DiagnosticCode\((\d+), "([a-z0-9-]+)"\)/) {
                for key in [String(match.1), String(match.2)] {
                    #expect(seen[key] == nil, "\(key) stands in \(seen[key] ?? "") and \(file.lastPathComponent)")
                    seen[key] = file.lastPathComponent
                }
            }
        }
        #expect(seen.count > 60)
    }
}
