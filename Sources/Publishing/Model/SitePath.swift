/// Paths in a site, from its root.
package enum SitePath {
    /// The folder that a page lies in, without a slash at its end; empty for the root.
    package static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// The last part.
    package static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// A link from one page to another, percent-encoded.
    package static func link(from page: String, to target: String) -> String {
        let from = folder(of: page).split(separator: "/")
        let to = target.split(separator: "/", omittingEmptySubsequences: false)
        let shared = zip(from, to.dropLast()).prefix { $0 == $1 }.count
        let parts = Array(repeating: "..", count: from.count - shared) + to[shared...].map { encoded(String($0)) }
        return parts.joined(separator: "/")
    }

    /// A path as a part of an address: unreserved characters and a few that no reader of addresses splits at stay.
    package static func encoded(_ path: String) -> String {
        var out = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            case _ where "-._~/=,+@".utf8.contains(byte): out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return out
    }

    /// What a folder without a page of its own is called: `decision-rules` is "Decision rules".
    package static func title(of folder: String) -> String {
        let words = name(of: folder).map { $0 == "-" || $0 == "_" ? " " : $0 }
        return String(words.prefix(1)).uppercased() + String(words.dropFirst())
    }
}
