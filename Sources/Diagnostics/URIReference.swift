/// Paths as URI references (RFC 3986).
package enum URIReference {
    /// The path with everything but unreserved characters and `/` percent-encoded.
    package static func text(ofPath path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return path.utf8.reduce(into: "") { out, byte in
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "/": out.unicodeScalars.append(scalar)
            default: out += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
            }
        }
    }
}
