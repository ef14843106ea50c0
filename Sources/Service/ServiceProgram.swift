package import Diagnostics
import Pipeline
import Values
package import Workspace

/// `report service`, from its options to its end.
package struct ServiceProgram: Sendable {
    /// Results files, folders of them, analyses; none for all of `output`.
    package var paths: [String] = []
    package var output: String?
    package var address: ServerAddress
    package var hosts: [String] = []
    package var tokenFile: String?
    package var limits: ServiceLimits
    package var grace: Duration = .milliseconds(250)
    package var drainTimeout: Duration = .seconds(30)
    package var log = ServerLog.jsonLines()

    private static let tokenLimit = 1 << 16

    package init(address: ServerAddress, limits: ServiceLimits) {
        self.address = address
        self.limits = limits
    }

    /// Serves until the program is told to end.
    ///
    /// - Parameter show: is told each fault; after an error nothing is served.
    /// - Returns: Whether it served.
    package func run(in workspace: WorkspaceContext, show: ([Diagnostic]) -> Void) -> Bool {
        let prepared: (service: EffectsService, diagnostics: [Diagnostic])
        do throws(Diagnostic) {
            prepared = try prepare(workspace)
        } catch {
            show([error])
            return false
        }
        show(prepared.diagnostics)
        guard !prepared.diagnostics.hasErrors else { return false }
        do throws(ServerFault) {
            try serve(prepared.service)
            return true
        } catch {
            show([.cannotListen(error)])
            return false
        }
    }

    private func prepare(
        _ workspace: WorkspaceContext
    ) throws(Diagnostic) -> (service: EffectsService, diagnostics: [Diagnostic]) {
        let tokens = try tokens(workspace)
        if tokens == nil, !address.isLoopback {
            throw .error(
                .needsToken,
                "A service that other machines can reach needs a token, and \(address.host) is reached by them",
                at: nil, notes: [.init("--token-file names a file of tokens")])
        }
        let (results, found) = ResultsFiles.published(paths, output: output, in: workspace)
        var diagnostics = found
        var names: Set<String> = []
        for result in results where !names.insert(result.name).inserted {
            diagnostics.append(
                .error(
                    .sameModelName, "Results files of a service have names of their own; two are \(result.name)",
                    at: nil))
        }
        let service = EffectsService(
            ModelCatalogue(results), limits: limits, tokens: tokens, version: ToolVersion.current)
        return (service, diagnostics)
    }

    private func tokens(_ workspace: WorkspaceContext) throws(Diagnostic) -> AccessTokens? {
        guard let tokenFile else { return nil }
        func fault(_ reason: String) -> Diagnostic {
            .error(
                .badTokenFile,
                "A file of tokens has one a line, each of \(AccessTokens.shortest) characters or more; \(tokenFile) has not",
                at: nil, notes: [.init(reason)])
        }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try workspace.files.contents(of: workspace.absolute(tokenFile), limit: Self.tokenLimit)
        } catch {
            throw fault(error.reason)
        }
        guard let tokens = AccessTokens(file: String(decoding: bytes, as: UTF8.self)) else {
            throw fault("there is none in it, or one is too short")
        }
        return tokens
    }

    private func serve(_ service: EffectsService) throws(ServerFault) {
        var settings = service.settings(at: address, hosts: hosts)
        settings.grace = grace
        settings.drainTimeout = drainTimeout
        let (log, address, models) = (log, address, service.modelCount)
        let server = HTTPServer(
            settings, log: log,
            observe: { record in
                service.observe(record)
                log.log(record)
            }, handler: service.answer)
        try server.runAndWait { port in
            let url = ServerAddress(host: address.host, port: port).url
            log.log(.info, "listening", [("address", .string(url)), ("models", .number(Double(models)))])
        }
        log.log(.info, "ended")
    }
}
