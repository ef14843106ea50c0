/// A repository as a person names it for a publication: a folder of this machine, or an address that git reaches by HTTPS or
/// SSH. Nothing that git would take for an option or for a program to run.
package enum GitAddress: Sendable, Hashable {
    /// As typed: relative to the working folder, or absolute.
    case folder(String)
    /// As git takes it.
    case remote(String)
    /// A remote of the project's own repository: `origin`.
    case named(String)

    /// nil for what is none of them. A word without `/` and `:` is the name of a remote.
    package init?(_ text: String) {
        guard AddressText.isPlain(text) else { return nil }
        if let scheme = AddressText.scheme(of: text) {
            switch scheme {
            case "https" where AddressText.isAuthority(AddressText.authority(of: text)): self = .remote(text)
            case "ssh" where AddressText.isAuthority(AddressText.authority(of: text)): self = .remote(text)
            case "file":
                let path = String(text.dropFirst("file://".count))
                guard path.hasPrefix("/"), !path.contains("%") else { return nil }
                self = .folder(path)
            default: return nil
            }
            return
        }
        if text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../") || text == "." || text == ".." {
            self = .folder(text)
            return
        }
        if let colon = text.firstIndex(of: ":") {
            let host = text[..<colon]
            let path = text[text.index(after: colon)...]
            // `ext::program` and its like are helpers that git runs.
            guard !host.contains("/"), AddressText.isAuthority(host), !path.isEmpty, !path.hasPrefix(":"),
                !path.hasPrefix("-")
            else { return nil }
            self = .remote(text)
        } else if text.contains("/") {
            self = .folder(text)
        } else {
            self = .named(text)
        }
    }

    /// Without a password that it may hold.
    package static func shown(_ address: String) -> String {
        guard let scheme = address.range(of: "://") else { return address }
        let rest = address[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") else { return address }
        return address[..<scheme.upperBound] + authority[..<at].prefix { $0 != ":" } + ":…" + rest[at...]
    }
}

/// What addresses of machines have in common.
enum AddressText {
    /// Neither empty nor an option, and of signs that can be seen.
    static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix("-") && text.utf8.count <= 2048
            && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0 == "\\" }
    }

    /// What stands before `://`.
    static func scheme(of text: String) -> String? {
        guard let range = text.range(of: "://"), !text[..<range.lowerBound].contains(where: { "/:@".contains($0) })
        else { return nil }
        return String(text[..<range.lowerBound])
    }

    /// `ann@example.com:22` of `ssh://ann@example.com:22/path`.
    static func authority(of text: String) -> Substring {
        guard let range = text.range(of: "://") else { return "" }
        return text[range.upperBound...].prefix { $0 != "/" }
    }

    /// `[USER[:PASSWORD]@]HOST[:PORT]`, where neither user nor host could be taken for an option of ssh.
    static func isAuthority(_ text: Substring) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") }) else {
            return false
        }
        let host = parts[parts.count - 1]
        let user = parts.count == 2 ? parts[0] : ""
        return isHost(host) && user.unicodeScalars.allSatisfy { isWord($0) || "%+~!$*=:".unicodeScalars.contains($0) }
    }

    /// A name or number, perhaps with a port; `[::1]:22`.
    private static func isHost(_ text: Substring) -> Bool {
        var name = text
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return false }
            let inner = text[text.index(after: text.startIndex)..<close]
            guard !inner.isEmpty, inner.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return false }
            name = "v6" + text[text.index(after: close)...]
        }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty, parts[0].unicodeScalars.allSatisfy(isWord) else {
            return false
        }
        return parts.count == 1 || (!parts[1].isEmpty && parts[1].utf8.allSatisfy { (48...57).contains($0) })
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "._-".unicodeScalars.contains(scalar))
    }
}

extension String {
    /// Where a text first stands in this one.
    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
