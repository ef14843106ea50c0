import Diagnostics
import Documents
import Pipeline

extension FuzzTarget {
    /// A text as `report fmt` changes it: what comes out means the same, and comes out again as it is.
    static let formatting = FuzzTarget(
        name: "formatting",
        seeds: ShippedSeeds.analyses().map { String($0.prefix(3000)) }
            + ShippedSeeds.directives().map { "```" + $0 + "\n```\n" }
            + ["---\ntitle: \"T\"   # c\nparams:\n    a: [1,\n      2]\n---\n\n| a|b |\n|-|:-:|\n| `c\\|d`|e|\n"],
        words: markdownWords + yamlWords + ShippedSeeds.words
    ) { bytes in
        let source = SourceFile(path: "a.md", text: String(decoding: bytes, as: UTF8.self))
        let (fixes, diagnostics) = DocumentFormatter.fixes(of: source)
        try expectSound(diagnostics)
        for fault in diagnostics where fault.code == .formatting {
            throw Broken(description: "formatting would change what \(fault.range?.text ?? "") means")
        }
        guard let edit = SourceEdits.plan(fixes).first else { return }
        try expect(edit.changes.count == fixes.count, "every change is made")
        let formatted = SourceFile(path: "a.md", text: edit.after)
        try expect(DocumentMeaning.isSame(source, formatted), "formatted it means something else: \(edit.after)")
        let again = SourceEdits.plan(DocumentFormatter.fixes(of: formatted).fixes).first
        try expect(again == nil, "formatted again it changes again: \(again?.diff ?? "")")
    }
}
