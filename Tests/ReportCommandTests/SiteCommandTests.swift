import Foundation
import Testing

/// `report site build` as a person meets it.
@Suite struct SiteCommandTests {
    private let good = "---\ntitle: Good\n---\n\n[Itself](#params.x \"> 0\") is `{params.x}`.\n"
        .replacing("title: Good", with: "title: Good\nparams: {x: 1}")

    @Test func buildsASiteAndSaysWhereItIs() throws {
        let folder = try BuiltBinary.project(good)
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try BuiltBinary.run(["site", "build"], in: folder)
        #expect(first.code == 0 && first.standardOutput == "output/site/index.html\n", "\(first.standardError)")
        // Home, the report, its history, claims, reference, search, and what stands for pages that are not there.
        #expect(
            first.standardError.hasPrefix("7 pages; ") && first.standardError.hasSuffix(" files written, 0 removed\n"))
        let again = try BuiltBinary.run(["site", "build"], in: folder)
        #expect(again.code == 0 && again.standardError == "7 pages; nothing changed\n")
        let elsewhere = try BuiltBinary.run(
            ["site", "build", "Analyses", "--output", "public", "--no-ledger", "--jobs", "1", "--quiet"], in: folder)
        #expect(elsewhere.code == 0 && elsewhere.standardOutput.isEmpty && elsewhere.standardError.isEmpty)
        let page = { (path: String) in try Data(contentsOf: folder.appending(path: path)) }
        let (there, here) = (try page("public/a.html"), try page("output/site/a.html"))
        #expect(there == here)
    }

    @Test func theSameInAnotherFolderAndByAnyNumberOfJobs() throws {
        var sites: [[String: Data]] = []
        for jobs in ["1", "3"] {
            let folder = try BuiltBinary.project(good)
            defer { try? FileManager.default.removeItem(at: folder) }
            try Data(good.replacing("Good", with: "Better").utf8).write(to: folder.appending(path: "Analyses/b.md"))
            #expect(try BuiltBinary.run(["site", "build", "--no-ledger", "--jobs", jobs], in: folder).code == 0)
            let site = folder.appending(path: "output/site").path
            var files: [String: Data] = [:]
            for path in try FileManager.default.subpathsOfDirectory(atPath: site) {
                files[path] = FileManager.default.contents(atPath: site + "/" + path)
            }
            sites.append(files)
        }
        #expect(sites[0].count > 12 && sites[0] == sites[1])
    }

    /// What fails is told as a build tells it, and the site stays.
    @Test func aFailingAnalysisFailsTheSite() throws {
        let folder = try BuiltBinary.project(good)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try BuiltBinary.run(["site", "build", "--no-ledger"], in: folder).code == 0)
        let page = folder.appending(path: "output/site/a.html")
        let before = try Data(contentsOf: page)
        try Data(good.replacing("> 0", with: "< 0").utf8).write(to: folder.appending(path: "Analyses/a.md"))
        let failed = try BuiltBinary.run(["site", "build", "--no-ledger"], in: folder)
        #expect(failed.code == 1 && failed.standardOutput.isEmpty && failed.standardError.contains("no longer holds"))
        #expect(try Data(contentsOf: page) == before)
        #expect(try BuiltBinary.run(["site", "build", "--base-url", "example.com"], in: folder).code == 1)
        #expect(try BuiltBinary.run(["site", "build", "--jobs", "0"], in: folder).code == 64)
    }
}
