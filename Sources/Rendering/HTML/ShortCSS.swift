/// A style sheet without comments, indentation and the rules that nothing in the page can match: those of which each
/// selector names a class or an element that does not occur in `page`, not even as a word of its text or of the script
/// that adds some.
func shortCSS(_ style: String, for page: String) -> String {
    // Once over the style for its names, once over the page for those of them that it has.
    var names: Set<[UInt8]> = []
    var reader = StyleScanner(style)
    _ = reader.rules { name, _ in
        names.insert(name)
        // No selector is then taken before all of its rule are read.
        return false
    }
    let used = UsedNames(names, in: page)
    var scanner = StyleScanner(style)
    let rules = scanner.rules { name, isClass in
        isClass ? used.exactly.contains(name) : used.inAnyCase.contains(name) || impliedElements.contains(name)
    }
    return String(decoding: rules, as: UTF8.self)
}

/// Which names are words of a page: linear in the page, whatever its size, with no memory of its words.
private struct UsedNames {
    private(set) var exactly: Set<[UInt8]> = []
    /// Those of lower-case letters that are there in whatever case.
    private(set) var inAnyCase: Set<[UInt8]> = []

    init(_ names: Set<[UInt8]>, in page: String) {
        // By length and first letter in lower case, so that nearly no word is looked at twice.
        var candidates: [[[UInt8]]] = Array(repeating: [], count: 64 * 256)
        for name in names where !name.isEmpty && name.count < 64 {
            candidates[name.count * 256 + Int(lowered(name[0]))].append(name)
        }
        let isName = (0...255).map { isNameByte(UInt8($0)) }
        var page = page
        page.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let start = index
                while index < bytes.count, isName[Int(bytes[index])] { index += 1 }
                let count = index - start
                index += 1
                guard count > 0, count < 64 else { continue }
                let place = count * 256 + Int(lowered(bytes[start]))
                if !candidates[place].isEmpty { take(bytes[start..<start + count], from: &candidates[place]) }
            }
        }
    }

    /// Takes down which of the candidates a word is. One that is there as it is written need not be looked for again.
    private mutating func take(_ word: Slice<UnsafeBufferPointer<UInt8>>, from candidates: inout [[UInt8]]) {
        for name in candidates where word.elementsEqual(name, by: { lowered($0) == lowered($1) }) {
            inAnyCase.insert(name)
            guard word.elementsEqual(name) else { continue }
            exactly.insert(name)
        }
        candidates.removeAll(where: exactly.contains)
    }
}

private func lowered(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}

/// Elements that are there without their tags.
private let impliedElements: Set<[UInt8]> = Set(["html", "head", "body", "tbody"].map { Array($0.utf8) })

/// A byte of a class's name.
private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...0xFF:
        true
    default: false
    }
}

private struct StyleScanner {
    private let bytes: [UInt8]
    private var index = 0

    init(_ style: String) { bytes = Array(style.utf8) }

    /// Rules up to the end of what is in braces here, or of all.
    mutating func rules(inBraces: Bool = false, isUsed: ([UInt8], _ isClass: Bool) -> Bool) -> [UInt8] {
        var out: [UInt8] = []
        while index < bytes.count {
            let prelude = part()
            guard index < bytes.count else { return out + prelude }
            let end = bytes[index]
            index += 1
            if end == UInt8(ascii: "}") {
                if inBraces { return out + prelude }
                continue
            }
            if end == UInt8(ascii: ";") {
                out += prelude + [end]
                continue
            }
            let isConditional = ["@media", "@supports", "@container", "@layer"].contains {
                prelude.starts(with: $0.utf8)
            }
            let body = isConditional ? rules(inBraces: true, isUsed: isUsed) : declarations()
            let isRule = prelude.first != UInt8(ascii: "@")
            guard !body.isEmpty, !isRule || canMatch(prelude, isUsed) else { continue }
            out += prelude + [UInt8(ascii: "{")] + body + [UInt8(ascii: "}")]
        }
        return out
    }

    /// What is in braces here, with whatever nests in it.
    private mutating func declarations() -> [UInt8] {
        var out: [UInt8] = []
        var depth = 0
        while index < bytes.count {
            out += part()
            guard index < bytes.count else { break }
            let end = bytes[index]
            index += 1
            if end == UInt8(ascii: "}"), depth == 0 { break }
            depth += end == UInt8(ascii: "{") ? 1 : end == UInt8(ascii: "}") ? -1 : 0
            out.append(end)
        }
        if out.last == UInt8(ascii: ";") { out.removeLast() }
        return out
    }

    /// What stands before a brace or a semicolon outside strings and brackets: blanks run together, comments left out.
    private mutating func part() -> [UInt8] {
        var out: [UInt8] = []
        var depth = 0
        while index < bytes.count {
            if let end = bytes.endOfComment(at: index) {
                index = end
                continue
            }
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let start = index
                index = bytes.endOfString(at: start)
                out += bytes[start..<index]
                continue
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                if let last = out.last, last != UInt8(ascii: " "), last != UInt8(ascii: ",") {
                    out.append(UInt8(ascii: " "))
                }
                index += 1
                continue
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            default: if depth <= 0, "{};".utf8.contains(byte) { return trimmed(out) }
            }
            out.append(byte)
            index += 1
        }
        return trimmed(out)
    }

    private func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        bytes.last == UInt8(ascii: " ") ? Array(bytes.dropLast()) : bytes
    }

    /// Whether some selector of a list names, outside brackets, no class and no element that is not used.
    private func canMatch(_ selectors: [UInt8], _ isUsed: ([UInt8], _ isClass: Bool) -> Bool) -> Bool {
        var depth = 0
        var isAlive = true
        var at = 0
        while at < selectors.count {
            let byte = selectors[at]
            at += 1
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            // An escape may spell a name in other bytes than the page does.
            case UInt8(ascii: "\\"): return true
            case UInt8(ascii: ",") where depth == 0:
                if isAlive { return true }
                isAlive = true
            case UInt8(ascii: ".") where depth == 0:
                let name = selectors[at...].prefix(while: isNameByte)
                if !name.isEmpty, !isUsed(Array(name), true) { isAlive = false }
                at += name.count
            case UInt8(ascii: ":"), UInt8(ascii: "#"):
                // Pseudo-classes and ids are not looked at.
                at += selectors[at...].prefix { isNameByte($0) || $0 == UInt8(ascii: ":") }.count
            case UInt8(ascii: "a")...UInt8(ascii: "z") where depth == 0:
                let name = selectors[(at - 1)...].prefix(while: isNameByte)
                if !isUsed(Array(name), false) { isAlive = false }
                at += name.count - 1
            default: break
            }
        }
        return isAlive
    }
}
