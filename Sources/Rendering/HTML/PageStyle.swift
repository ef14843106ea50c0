import BuiltInTemplates
import Digests
import Plotting
import Results

/// The style of a page: the colours of both schemes, the rules of its drawings, and the theme with a project's brand behind
/// it, which cannot end its element.
func pageStyle(
    for figures: [FigureModel], theme: String, brand: String = "", hasGraph: Bool, isShort: Bool
) -> String {
    let more = FigureStyle.more(for: figures)
    let rules = FigureStyle.rules + more.rules
    let text = """
        \(FigureStyle.widths):root{\(FigureStyle.light)\(more.light)}
        @media screen and (prefers-color-scheme:dark){:root{\(FigureStyle.dark)\(more.dark)}}
        \(isShort ? FigureStyle.short(rules) : rules)\(hasGraph ? GraphDrawing.rules : "")\(theme)\(brand)
        """
    return text.replacing("</", with: "<\\/")
}

/// The Content-Security-Policy of a page: nothing but its own style and script, by their digests, and images in the page.
func pagePolicy(style: String, script: String?) -> String {
    "default-src 'none'; style-src \(policySource(style)); "
        + (script.map { "script-src \(policySource($0)); " } ?? "")
        + "img-src data:; base-uri 'none'; form-action 'none'"
}

/// The source of a policy that lets a style or a script of these bytes in.
package func policySource(_ text: String) -> String { "'sha256-\(base64(sha256Bytes(text)))'" }

/// The digest as bytes from its hexadecimal digits.
private func sha256Bytes(_ text: String) -> [UInt8] {
    let digits = Array(sha256(text.utf8).utf8).map { byte in
        byte >= UInt8(ascii: "a") ? byte - UInt8(ascii: "a") + 10 : byte - UInt8(ascii: "0")
    }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
