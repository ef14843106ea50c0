/// Makes anchors of headings as GitHub does.
package struct Slugger {
    private var used: Set<String>

    /// `reserved` are anchors that are already taken: those of directives.
    package init(reserved: Set<String>) { used = reserved }

    /// Lower case; letters, digits, `-` and `_` stay, spaces become `-`, the rest goes; repeated ones are numbered.
    package mutating func slug(_ text: String) -> String {
        var base = ""
        for character in text.lowercased() {
            if character == " " {
                base.append("-")
            } else if character.isLetter || character.isNumber || character == "-" || character == "_" {
                base.append(character)
            }
        }
        if base.isEmpty { base = "section" }
        var slug = base
        var count = 0
        while used.contains(slug) {
            count += 1
            slug = "\(base)-\(count)"
        }
        used.insert(slug)
        return slug
    }
}
