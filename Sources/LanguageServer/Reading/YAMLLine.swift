import Diagnostics

/// A line of a YAML block as it looks, whether or not the block is YAML yet.
struct YAMLLine {
    let file: SourceFile
    /// Without its ending.
    let lower: Int
    let upper: Int
    /// The columns of the dashes that begin list items on the line.
    private(set) var dashes: [Int] = []
    /// Where the line's content begins, behind indentation and dashes.
    private(set) var content: Int
    /// Its key, unquoted, with where it stands.
    private(set) var key: (name: String, range: Range<Int>)?
    /// Where the value behind the key begins, the line's end where there is none.
    private(set) var value: Int

    init(_ file: SourceFile, number: Int) {
        self.file = file
        lower = file.offset(ofLine: number)
        upper = file.lineEnd(number)
        let bytes = file.utf8
        var index = lower
        while index < upper, bytes[index] == 0x20 { index += 1 }
        while index < upper, bytes[index] == UInt8(ascii: "-"), index + 1 == upper || bytes[index + 1] == 0x20 {
            dashes.append(index - lower)
            index += 1
            while index < upper, bytes[index] == 0x20 { index += 1 }
        }
        content = index
        value = upper
        readKey()
    }

    var column: Int { content - lower }
    var isBlank: Bool { dashes.isEmpty && (content == upper || file.utf8[content] == UInt8(ascii: "#")) }

    /// Whether the value is a text on the lines below: `>-` or `|`.
    var opensText: Bool {
        key != nil && value < upper && [UInt8(ascii: ">"), UInt8(ascii: "|")].contains(file.utf8[value])
    }

    private mutating func readKey() {
        let bytes = file.utf8
        guard content < upper, ![UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "#")].contains(bytes[content])
        else { return }
        var index = content
        var name = content..<content
        if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
            guard let end = bytes[(index + 1)..<upper].firstIndex(of: bytes[index]) else { return }
            name = (index + 1)..<end
            index = end + 1
            guard index < upper, bytes[index] == UInt8(ascii: ":") else { return }
        } else {
            while index < upper, bytes[index] != UInt8(ascii: ":") || (index + 1 < upper && bytes[index + 1] != 0x20) {
                index += 1
            }
            guard index < upper else { return }
            name = content..<index
        }
        key = (String(decoding: bytes[name], as: UTF8.self), name)
        value = index + 1
        while value < upper, bytes[value] == 0x20 { value += 1 }
    }
}
