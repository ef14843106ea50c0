/// Which names a request may call the server by.
///
/// A page of another site can have its own name point at this machine ("DNS rebinding") and would then be of one origin with
/// the server in a browser's eyes; the name that it was asked for tells them apart.
package enum HostRule: Sendable, Hashable {
    /// This machine's own names, numeric addresses and those given.
    case known([String])
    /// Any: where each request proves itself otherwise.
    case any

    /// - Parameter authority: the `Host` field: `localhost:4747`, `[::1]:4747`; its port does not matter, because what forwards
    ///   a port may have chosen another.
    func allows(_ authority: String?) -> Bool {
        guard case .known(let names) = self else { return true }
        guard let authority, let host = HostRule.host(of: authority) else { return false }
        return ServerAddress.isLoopback(host) || ServerAddress.isNumeric(host)
            || names.contains { $0.lowercased() == host }
    }

    /// The name in lower case, brackets and port left out; nil where it has no form that a name has.
    static func host(of authority: String) -> String? {
        var host = Substring(authority.lowercased())
        if host.first == "[" {
            guard let end = host.firstIndex(of: "]") else { return nil }
            let rest = host[host.index(after: end)...]
            guard rest.isEmpty || isPort(rest) else { return nil }
            host = host[host.index(after: host.startIndex)..<end]
        } else if let colon = host.firstIndex(of: ":") {
            guard isPort(host[colon...]) else { return nil }
            host = host[..<colon]
        }
        // A name's root dot is the same name.
        if host.last == "." { host = host.dropLast() }
        return host.isEmpty ? nil : String(host)
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.first == ":" && text.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
