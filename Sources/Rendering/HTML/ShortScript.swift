/// The program's own script with short names, and without comments, indentation and the blanks that nothing needs.
///
/// It knows as much of the language as that script has: strings in double quotes, comments on lines of their own, a
/// semicolon behind every statement; neither templates nor regular expressions, nor a property that is named by a variable.
func shortScript(_ script: String) -> String {
    let lines = script.split(separator: "\n").map { String($0.drop { $0 == " " }) }.filter { !$0.hasPrefix("//") }
    let names = shortNames(lines)
    var out: [UInt8] = []
    for line in lines {
        let bytes = Array(line.utf8)
        var index = 0
        while index < bytes.count {
            let start = index
            if bytes[index] == UInt8(ascii: "\"") {
                index = (bytes[(index + 1)...].firstIndex(of: bytes[index]) ?? bytes.count - 1) + 1
                out += bytes[start..<index]
            } else if isWordByte(bytes[index]) {
                while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
                let word = String(decoding: bytes[start..<index], as: UTF8.self)
                // A property keeps its name; behind three dots stands a variable.
                let isProperty =
                    out.last == UInt8(ascii: ".") && !out.suffix(2).elementsEqual("..".utf8)
                out += (isProperty ? word : names[word] ?? word).utf8
            } else {
                index += 1
                let isNeeded =
                    bytes[start] != UInt8(ascii: " ")
                    || (start > 0 && index < bytes.count && isWordByte(bytes[start - 1]) && isWordByte(bytes[index]))
                if isNeeded { out.append(bytes[start]) }
            }
        }
        // A statement ends with a semicolon, a block with its brace.
        if let last = out.last, !"{};,(".utf8.contains(last) { out.append(UInt8(ascii: "\n")) }
    }
    while out.last == UInt8(ascii: "\n") { out.removeLast() }
    return String(decoding: out, as: UTF8.self)
}

/// Letters for the names that the script itself declares, a letter each, in the order of their first use.
private func shortNames(_ lines: [String]) -> [String: String] {
    var names: [String] = []
    func declare(_ list: Substring) {
        for name in list.split(whereSeparator: { ", []()".contains($0) }).map(String.init) where !names.contains(name) {
            names.append(name)
        }
    }
    for line in lines {
        for match in line.matches(of: /(?:const|let|function) (\w+)/) { declare(match.1) }
        for match in line.matches(of: /function \w+\(([\w, ]*)\)/) { declare(match.1) }
        for match in line.matches(of: /(\w+|\([\w, \[\]]*\)) =>/) { declare(match.1) }
    }
    let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { String(decoding: [$0], as: UTF8.self) }
    let pool = letters + letters.map { $0.uppercased() }
    let declared = names.filter { $0 != "async" }
    return Dictionary(uniqueKeysWithValues: zip(declared, pool))
}

private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
        true
    default: false
    }
}
