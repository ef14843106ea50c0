import Markup
import Typesetting
import Workspace

extension FuzzTarget {
    /// A formula's TeX; where there is no KaTeX nothing is tried.
    static let formula = FuzzTarget(
        name: "formula",
        seeds: [
            "\\hat\\mu = \\frac{\\sum_i w_i x_i}{\\sum_i w_i}", "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}^{-1}",
            "\\mathbf{\\Sigma} \\text{if } x \\ge 0 \\operatorname{Cov}", "\\def\\a#1{#1#1}\\a{x}",
            "\\color{red}{x}\\rule{1em}{2pt}",
            "\\left\\{ x \\middle| y \\right\\}", "\\sqrt[3]{x}\\overbrace{a}^{b}\\tag{1}", "\\char\"41 \\unicode{x}",
        ],
        words: [
            "\\frac{", "\\begin{array}{cc}", "\\end{array}", "&", "\\\\", "^", "_", "{", "}", "\\left(", "\\right)",
            "\\text{", "\\href{javascript:a}{b}", "\\htmlClass{a}{b}", "\\includegraphics{a}", "\\newcommand\\b[1]{",
            "\\def\\c{", "#1", "\\mathrm{", "\\url{", "\\verb|", "\\hspace{", "\\cal ", "\\not", "\u{1D400}", "'",
            "\\expandafter", "\\edef\\d{", "\\let\\e=", "\\raisebox{", "\\\"a",
        ]
    ) { bytes in
        guard let typesetter else { return }
        let tex = String(decoding: bytes, as: UTF8.self)
        for isDisplay in [true, false] {
            switch try typesetter.mathML(tex, isDisplay: isDisplay) {
            case .failure(let fault):
                try expect(!fault.message.isEmpty, "a fault says something")
                guard let range = fault.range else { continue }
                try expect(range.upperBound <= tex.utf8.count, "a fault lies in the formula")
            case .success(let node):
                try expect(
                    node == (try? typesetter.mathML(tex, isDisplay: isDisplay).get()), "a formula is set one way")
                try PageProperties.expectSound(node.serialised)
            }
        }
    }

    /// Of the real files; nil where they hold no KaTeX.
    private static let typesetter: Typesetter? = {
        let workspace = WorkspaceContext(files: DiskFileSystem(), workingFolder: "/", home: nil, user: 0)
        let typesetter = Typesetter(in: workspace)
        return (try? typesetter.katex()) == nil ? nil : typesetter
    }()
}
