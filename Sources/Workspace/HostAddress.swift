import Foundation

/// A numeric address of a host.
package struct HostAddress: Sendable, Hashable {
    /// As `getnameinfo` writes it: `192.0.2.1`, `2001:db8::1`.
    package var text: String
    /// Whether it is one of the public internet: not of this machine, a private network, one link, or a group.
    package var isPublic: Bool

    /// nil for what is no numeric address.
    package init?(_ text: String) {
        self.text = text
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            isPublic = withUnsafeBytes(of: four) { HostAddress.isPublic(four: Array($0)) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            isPublic = withUnsafeBytes(of: six) { HostAddress.isPublic(six: Array($0)) }
        } else {
            return nil
        }
    }

    /// Those of a host, as the system's resolver knows them; none where there is no such host.
    package static let of: @Sendable (String) -> [HostAddress] = { host in
        var hints = addrinfo()
        #if canImport(Darwin)
            hints.ai_socktype = SOCK_STREAM
        #else
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [HostAddress] = []
        var next = list
        while let entry = next?.pointee {
            var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let code = getnameinfo(
                entry.ai_addr, entry.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
            let text = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            if code == 0, let address = HostAddress(String(decoding: text, as: UTF8.self)) { found.append(address) }
            next = entry.ai_next
        }
        return found
    }

    /// By the special-purpose registry (RFC 6890 and what came to it).
    private static func isPublic(four bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _),
            (192, 0, 0), (192, 0, 2), (198, 18...19, _), (198, 51, 100), (203, 0, 113), (224..., _, _):
            false
        default: true
        }
    }

    /// Only global unicast, 2000::/3, without documentation and tunnels that hold an address of the older kind.
    private static func isPublic(six bytes: [UInt8]) -> Bool {
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        let start = Array(bytes[0..<4])
        let isTunnel = start[0..<2] == [0x20, 0x02] || start == [0x20, 0x01, 0, 0]
        return !isTunnel && start != [0x20, 0x01, 0x0D, 0xB8]
    }
}
