import Documents
import Workspace

extension ExternalLinkSettings {
    /// Whether a host may be asked, wherever it is.
    func mayAsk(_ host: String) -> Bool {
        !ignore.contains { Glob.matches($0, host) } && (allow.isEmpty || names(host))
    }

    /// Whether the allow-list names the host.
    func names(_ host: String) -> Bool { allow.contains { Glob.matches($0, host) } }
}
