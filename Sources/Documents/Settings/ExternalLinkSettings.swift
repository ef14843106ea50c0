/// Which other sites are asked whether what is linked to is there.
package struct ExternalLinkSettings: Sendable, Hashable {
    /// Hosts, `*` for any characters; where there is one, only these are asked.
    package var allow: [String] = []
    /// Hosts that are never asked.
    package var ignore: [String] = []

    package init(allow: [String] = [], ignore: [String] = []) {
        self.allow = allow
        self.ignore = ignore
    }

    static let keys: [KeySchema] = [
        KeySchema(
            "allow", .oneOrMore(of: .string),
            "Hosts that are asked, as `example.com` or `*.example.com`: where any is named, no others are. One in a private "
                + "network is asked only where it is named."),
        KeySchema("ignore", .oneOrMore(of: .string), "Hosts that are never asked."),
    ]

    init(reading node: OptionNode) {
        func hosts(_ key: String) -> [String] { (node[key]?.items ?? []).compactMap(\.string).map { $0.lowercased() } }
        allow = hosts("allow")
        ignore = hosts("ignore")
    }
}
