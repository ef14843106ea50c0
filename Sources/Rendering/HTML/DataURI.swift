import Markup
import Reports

/// An image as a `data:` URI.
func dataURI(_ image: ResolvedImage) -> String {
    let allowed = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"]
    let type = allowed.contains(image.mediaType) ? image.mediaType : "application/octet-stream"
    return "data:\(type);base64,\(base64(image.bytes))"
}

/// RFC 4648's base 64 with padding.
func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let count = min(3, bytes.count - start)
        var group = 0
        for offset in 0..<3 { group = group << 8 | (offset < count ? Int(bytes[start + offset]) : 0) }
        for place in 0..<4 {
            out.append(place <= count ? alphabet[group >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
        }
    }
    return String(decoding: out, as: UTF8.self)
}
