import Markup

/// The cards that other sites show with a link, 1,200 by 630 pixels: title, one key number, the first figure and the site's
/// name. Of reports and of the home page, where the site's address is known.
///
/// They are SVG. A PNG, which most crawlers ask for, would hold letters as the machine's fonts and its rasteriser have
/// them, and so be another file on another machine.
func socialCards(_ site: Site) -> [SiteFile] {
    guard site.settings.baseURL != nil else { return [] }
    return site.pages.compactMap { page in
        socialCardPath(of: page).map { SiteFile(path: $0, text: socialCard(of: page, in: site).serialised + "\n") }
    }
}

/// Where a page's card lies; nil for pages that have none.
func socialCardPath(of page: SitePage) -> String? {
    guard page.kind == .report || page.kind == .home else { return nil }
    return "social/\(page.path.hasSuffix(".html") ? String(page.path.dropLast(5)) : page.path).svg"
}

private func socialCard(of page: SitePage, in site: Site) -> MarkupNode {
    let isNarrow = page.cover != nil
    let size = isNarrow ? 50 : 64
    // A letter of the sans in bold is about 0.54 of its size wide.
    let lines = wrapped(page.title, width: (isNarrow ? 560 : 1040) * 100 / (54 * size), limit: isNarrow ? 5 : 3)
    func text(_ words: String, x: Int = 80, y: Int, size: Int, weight: Int = 400, fill: String = "#1f2328")
        -> MarkupNode
    {
        .tag(
            "text",
            ["x": "\(x)", "y": "\(y)", "font-size": "\(size)", "font-weight": "\(weight)", "fill": fill],
            text: words)
    }
    var children: [MarkupNode] = [
        .tag("title", [:], text: page.title),
        .tag("rect", ["width": "1200", "height": "630", "fill": "#fffdf9"]),
        .tag("rect", ["width": "1200", "height": "10", "fill": "#0b5fa5"]),
    ]
    if page.kind == .report { children.append(text(site.settings.title, y: 92, size: 28, fill: "#5c636b")) }
    for (index, line) in lines.enumerated() {
        children.append(text(line, y: 180 + index * size * 6 / 5, size: size, weight: 650))
    }
    if let highlight = page.highlights.first {
        let words = wrapped(highlight.text, width: isNarrow ? 38 : 72, limit: 1).first ?? ""
        children += [
            text(highlight.value, y: 520, size: 60, weight: 600, fill: "#0b5fa5"),
            text(words, y: 566, size: 26, fill: "#5c636b"),
        ]
    } else if page.kind == .home, let description = site.settings.description {
        for (index, line) in wrapped(description, width: 70, limit: 2).enumerated() {
            children.append(text(line, y: 500 + index * 40, size: 30, fill: "#5c636b"))
        }
    }
    if let cover = page.cover {
        children.append(
            .tag(
                "image",
                [
                    "x": "670", "y": "130", "width": "450", "height": "430", "preserveAspectRatio": "xMidYMid meet",
                    "href": "data:image/svg+xml," + percentEncoded(cover),
                ]))
    }
    return .tag(
        "svg",
        [
            "xmlns": "http://www.w3.org/2000/svg", "width": "1200", "height": "630", "viewBox": "0 0 1200 630",
            "role": "img",
            "font-family": "system-ui, 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif",
        ], children)
}

/// Everything but unreserved characters percent-encoded.
private func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: ";"),
            UInt8(ascii: "("), UInt8(ascii: ")"):
            out.append(byte)
        default: out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: out, as: UTF8.self)
}

/// The words in lines of at most so many characters; what is left after the last line is told by an ellipsis.
func wrapped(_ text: String, width: Int, limit: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
        if let last = lines.last, last.count + 1 + word.count <= width {
            lines[lines.count - 1] += " " + word
        } else if lines.count < limit {
            lines.append(word.count <= width ? String(word) : String(word.prefix(max(1, width - 1))) + "…")
        } else {
            if let last = lines.last, !last.hasSuffix("…") {
                lines[lines.count - 1] = last.prefix(max(1, width - 1)) + "…"
            }
            break
        }
    }
    return lines
}
