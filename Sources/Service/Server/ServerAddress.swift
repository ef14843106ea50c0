/// Where a server listens.
package struct ServerAddress: Sendable, Hashable {
    /// A name or an address, IPv6 without brackets.
    package var host: String
    /// 0 lets the machine choose.
    package var port: Int

    package init(host: String = "127.0.0.1", port: Int) {
        self.host = host
        self.port = port
    }

    /// Whether only programs of this machine can reach it: 127.0.0.0/8, ::1 and the name `localhost`.
    ///
    /// Any other name counts as reachable from outside, whatever it may resolve to today.
    package var isLoopback: Bool { ServerAddress.isLoopback(host) }

    /// `http://127.0.0.1:4747`
    package var url: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" || host == "::1" { return true }
        guard let octets = ipv4(host) else { return false }
        return octets[0] == 127
    }

    /// Whether it is a numeric address and not a name, which somebody else's name server could point here.
    static func isNumeric(_ host: String) -> Bool {
        ipv4(host) != nil || (host.contains(":") && host.utf8.allSatisfy { $0.isHexDigit || ":.%".utf8.contains($0) })
    }

    private static func ipv4(_ host: String) -> [UInt8]? {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let octets = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt8(part) : nil
        }
        return parts.count == 4 && octets.count == 4 ? octets : nil
    }
}

extension UInt8 {
    var isHexDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
