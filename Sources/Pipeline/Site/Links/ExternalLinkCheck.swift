import Documents
import Parallelism
import Workspace

/// Asks other sites whether what is linked to is there, by `curl`: only public addresses of http and https, without
/// credentials, and of each only the first bytes. Redirects are followed here, so that none leads into a private network.
struct ExternalLinkCheck: Sendable {
    struct Fault: Sendable, Hashable {
        var address: String
        var reason: String
    }

    /// The program's file.
    let curl: String
    let processes: any ProcessRunner
    let settings: ExternalLinkSettings
    /// The numeric addresses of a host.
    var resolve: @Sendable (String) -> [HostAddress] = HostAddress.of
    /// How long one request may take.
    var seconds = 10.0

    /// So many requests wait at once.
    static let width = 8
    private static let redirects = 5

    /// What is wrong, in the order of the addresses; what may not be asked is passed over.
    func faults(of addresses: [String]) -> [Fault] {
        let asked = addresses.filter { address in
            WebAddress(address).map { settings.mayAsk($0.host) } ?? true
        }
        let reasons = waitingMap(asked.count, width: ExternalLinkCheck.width) { fault(of: asked[$0]) }
        return zip(asked, reasons).compactMap { address, reason in reason.map { Fault(address: address, reason: $0) } }
    }

    /// nil where something is there.
    private func fault(of address: String) -> String? {
        var here = address
        for hop in 0...ExternalLinkCheck.redirects {
            guard let target = WebAddress(here) else {
                return hop == 0 ? "it is no address of http or https" : "it leads on to \(here), which is not followed"
            }
            let hosts = resolve(target.host)
            guard let host = hosts.first else { return "there is no host \(target.host)" }
            guard hosts.allSatisfy(\.isPublic) || settings.names(target.host) else {
                return "\(target.host) is in a private network, and site: {external: {allow: …}} does not name it"
            }
            switch answer(of: here, at: target, host) {
            case .failure(let failure): return failure.reason
            case .success(let answer):
                guard let next = answer.next else { return answer.isFault ? "the server answers \(answer.code)" : nil }
                here = next
            }
        }
        return "it leads on more than \(ExternalLinkCheck.redirects) times"
    }

    private struct Answer {
        var code: Int
        /// Where it leads on to.
        var next: String?

        /// Whether nothing is there: what is only for people who sign in, or not for programs, is.
        var isFault: Bool { code >= 400 && ![401, 403, 407, 429, 999].contains(code) }
    }

    private struct Failure: Error { var reason: String }

    /// The answer to HEAD, or, where a server does not do that, to GET.
    private func answer(of address: String, at target: WebAddress, _ host: HostAddress) -> Result<Answer, Failure> {
        let head = ask(["--head"], address, target, host)
        guard case .success(let answer) = head, answer.code >= 400 || answer.code == 0 else {
            if case .failure = head { return ask(["--range", "0-1023"], address, target, host) }
            return head
        }
        return ask(["--range", "0-1023"], address, target, host)
    }

    private func ask(
        _ method: [String], _ address: String, _ target: WebAddress, _ host: HostAddress
    ) -> Result<Answer, Failure> {
        // The name stands for the address that was looked at; a numeric one for itself.
        let isNumeric = HostAddress(target.host) != nil
        let pin = host.text.contains(":") ? "[\(host.text)]" : host.text
        let arguments =
            // No settings of the user's, no proxy.
            [
                "-q", "--silent", "--show-error", "--globoff", "--noproxy", "*", "--proto", "=http,https",
                "--max-redirs", "0",
            ]
            + (isNumeric ? [] : ["--resolve", "\(target.host):\(target.port):\(pin)"])
            + [
                "--connect-timeout", "\(seconds)", "--max-time", "\(seconds)", "--max-filesize", "4194304", "--output",
                "/dev/null",
            ]
            + ["--user-agent", "report-link-check", "--write-out", "%{http_code} %{redirect_url}"]
            + method + ["--", address.prefix { $0 != "#" }.description]
        let command = ProcessCommand(
            curl, arguments, environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C"], seconds: seconds + 5,
            outputLimit: 1 << 16)
        do throws(ProcessFailure) {
            let output = try processes.run(command)
            let words = String(decoding: output.output, as: UTF8.self).split(separator: " ", maxSplits: 1)
            let code = words.first.flatMap { Int($0) } ?? 0
            // A body that is too long, or was cut off, is there all the same.
            guard code > 0 else {
                let said = String(decoding: output.errors, as: UTF8.self).split(separator: "\n").first ?? ""
                return .failure(Failure(reason: said.isEmpty ? "curl ends with \(output.exitCode)" : String(said)))
            }
            return .success(Answer(code: code, next: words.count > 1 && !words[1].isEmpty ? String(words[1]) : nil))
        } catch {
            return .failure(Failure(reason: error.reason))
        }
    }
}

/// An address of http or https as far as it must be known to ask for it.
struct WebAddress {
    /// In lower case; a numeric one of IPv6 without brackets.
    var host: String
    var port: Int

    /// nil for everything that is no plain address: one with a name and a password, or with characters that belong encoded.
    init?(_ text: String) {
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return nil }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
        var authority = lower.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else { return nil }
        port = scheme == "https://" ? 443 : 80
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = String(authority[authority.index(after: authority.startIndex)..<end])
            authority = authority[authority.index(after: end)...]
        } else {
            host = String(authority.prefix { $0 != ":" })
            authority = authority.dropFirst(host.count)
        }
        if authority.hasPrefix(":") {
            guard let written = Int(authority.dropFirst()), (1...65_535).contains(written) else { return nil }
            port = written
        } else if !authority.isEmpty {
            return nil
        }
        if host.isEmpty { return nil }
    }
}
