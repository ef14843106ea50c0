import CCMarkGFM

/// Footnotes that no prose refers to, kept in the tree: a caption may refer to them.
///
/// cmark drops a definition without a reference. So a paragraph of references to all definitions is put behind the text,
/// and taken out of cmark's tree again.
enum KeptFootnotes {
    /// Whether a text has what footnotes and references to them begin with.
    static func mayBe(in bytes: Bytes) -> Bool {
        for index in 1..<max(1, bytes.count) where bytes[index] == UInt8(ascii: "^") {
            if bytes[index - 1] == UInt8(ascii: "[") { return true }
        }
        return false
    }

    /// The paragraph, blank lines before it; empty where the text defines no footnote.
    static func paragraph(for bytes: [UInt8]) -> [UInt8] {
        var labels: [UInt8] = []
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                var start = index
                while start - index < 3, bytes.at(start) == 0x20 { start += 1 }
                if bytes.at(start) == UInt8(ascii: "["), bytes.at(start + 1) == UInt8(ascii: "^") {
                    var end = start + 2
                    while end < bytes.count, !bytes[end].isSpace, !bytes[end].isBlank, bytes[end] != UInt8(ascii: "]") {
                        end += 1
                    }
                    if end > start + 2, bytes.at(end) == UInt8(ascii: "]"), bytes.at(end + 1) == UInt8(ascii: ":") {
                        labels += bytes[start...end]
                        labels.append(0x20)
                    }
                }
                while index < bytes.count, !bytes[index].isLineEnd { index += 1 }
                index += 1
            }
        }
        return labels.isEmpty ? [] : [0x0A, 0x0A] + labels + [0x0A]
    }

    /// Takes the paragraph out; false where it is not there, because something that was not closed swallowed it.
    ///
    /// - Parameter lines: How many lines the text has without it.
    static func remove(from root: OpaquePointer, behind lines: Int) -> Bool {
        var next = cmark_node_last_child(root)
        while let node = next {
            next = cmark_node_previous(node)
            guard cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH,
                Int(cmark_node_get_start_line(node)) > lines
            else { continue }
            cmark_node_unlink(node)
            cmark_node_free(node)
            return true
        }
        return false
    }
}
