import Documents
import Foundation

/// What the shipped analyses hold, as inputs to begin with.
package enum ShippedSeeds {
    /// The root of the checkout that this was built in.
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The Markdown files of `Analyses/`, in order of their names.
    static func analyses() -> [String] {
        let folder = root.appending(path: "Analyses")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted().compactMap {
            try? String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        }
    }

    /// Each directive as its word, a line end and its body.
    static func directives() -> [String] {
        analyses().flatMap { text -> [String] in
            var found: [String] = []
            var open: [Substring]?
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                if let lines = open {
                    if line == "```" {
                        found.append(lines.joined(separator: "\n"))
                        open = nil
                    } else {
                        open = lines + [line]
                    }
                } else if line.hasPrefix("```"), DirectiveSchema.named(String(line.dropFirst(3))) != nil {
                    open = [line.dropFirst(3)]
                }
            }
            return found
        }
    }

    /// The front matter of each, without its delimiters.
    static func frontMatter() -> [String] {
        analyses().compactMap { text in
            let parts = text.split(separator: "---\n", maxSplits: 2, omittingEmptySubsequences: false)
            return parts.count == 3 ? String(parts[1]) : nil
        }
    }

    static func bibliography() -> String {
        (try? String(contentsOf: root.appending(path: "Analyses/references.bib"), encoding: .utf8)) ?? ""
    }

    /// Words of the language, from its own schemas.
    static let words: [String] = {
        let keys = DirectiveSchema.all.flatMap { [$0.word] + $0.allKeys.map(\.name) }
        return Array(Set(keys)).sorted()
    }()
}
