import Diagnostics
import Documents

/// `file:` URIs (RFC 8089) and paths.
enum DocumentURI {
    /// The path of a `file:` URI on this machine; nil for every other.
    static func path(of uri: String) -> String? {
        guard uri.lowercased().hasPrefix("file:") else { return nil }
        var rest = uri.dropFirst("file:".count)
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let host = rest.prefix { $0 != "/" }
            guard host.isEmpty || host.lowercased() == "localhost" else { return nil }
            rest = rest.dropFirst(host.count)
        }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        let path = PercentEncoding.decode(String(rest))
        return path.hasPrefix("/") && !path.contains("\0") ? path : nil
    }

    static func uri(of path: String) -> String { "file://" + URIReference.text(ofPath: path) }
}
