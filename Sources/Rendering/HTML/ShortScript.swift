import BuiltInTemplates

/// The page's script as `shortScript` makes it.
let shortPageScript = shortScript(BuiltInTemplates.script)

/// The program's own script with short names, and without comments, indentation and the blanks that nothing needs.
///
/// It knows as much of the language as that script has: strings in double quotes, comments on lines of their own, a
/// semicolon behind every statement; neither templates nor regular expressions, nor a property that is named by a variable.
package func shortScript(_ script: String) -> String {
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
    for line in lines {
        let found = DeclaredNames(in: line)
        for name in found.named + found.parameters + found.arrows where !names.contains(name) { names.append(name) }
    }
    let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { String(decoding: [$0], as: UTF8.self) }
    let pool = letters + letters.map { $0.uppercased() }
    let declared = names.filter { $0 != "async" }
    return Dictionary(uniqueKeysWithValues: zip(declared, pool))
}

/// The names that a line declares, each kind from left to right.
private struct DeclaredNames {
    /// Behind `const`, `let` and `function`.
    var named: [String] = []
    /// Between the parentheses of a function with a name.
    var parameters: [String] = []
    /// Before `=>`.
    var arrows: [String] = []

    init(in line: String) {
        let bytes = Array(line.utf8)
        var index = 0
        var before = ""
        while index < bytes.count {
            guard isWordByte(bytes[index]) else {
                if bytes[index...].starts(with: " =>".utf8) {
                    arrows += DeclaredNames.words(endingAt: index, in: bytes)
                }
                index += 1
                continue
            }
            let start = index
            while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
            let word = String(decoding: bytes[start..<index], as: UTF8.self)
            if ["const", "let", "function"].contains(before), start > 0, bytes[start - 1] == UInt8(ascii: " ") {
                named.append(word)
                if before == "function", index < bytes.count, bytes[index] == UInt8(ascii: "("),
                    let end = bytes[index...].firstIndex(of: UInt8(ascii: ")"))
                {
                    parameters += DeclaredNames.words(in: bytes[index..<end])
                }
            }
            before = word
        }
    }

    /// One word, or those between the parentheses that end there.
    private static func words(endingAt end: Int, in bytes: [UInt8]) -> [String] {
        if end > 0, bytes[end - 1] == UInt8(ascii: ")") {
            let start = bytes[..<end].lastIndex(of: UInt8(ascii: "(")) ?? end
            let inside = bytes[start..<end]
            return inside.allSatisfy { isWordByte($0) || ", []()".utf8.contains($0) } ? words(in: inside) : []
        }
        var start = end
        while start > 0, isWordByte(bytes[start - 1]) { start -= 1 }
        return start < end ? [String(decoding: bytes[start..<end], as: UTF8.self)] : []
    }

    private static func words(in bytes: ArraySlice<UInt8>) -> [String] {
        bytes.split { !isWordByte($0) }.map { String(decoding: $0, as: UTF8.self) }
    }
}

private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
        true
    default: false
    }
}
