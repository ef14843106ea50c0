import Dispatch
import Foundation
import HummingbirdCore
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// An HTTP/1.1 server that ends without losing what it has taken.
///
/// Told to end, by a signal or by `stop`, it goes on for `ServerSettings.grace`, asks each client to close, refuses what comes
/// later with 503, answers the rest and then closes.
package final class HTTPServer: Sendable {
    package typealias Handler = @Sendable (ServerRequest) async -> ServerResponse

    private let settings: ServerSettings
    private let log: ServerLog
    private let observe: @Sendable (RequestRecord) -> Void
    private let handler: Handler
    private let draining = Draining()
    private let stopping = AsyncStream.makeStream(of: Void.self)

    /// - Parameter observe: is told of each request that was answered, those too that never reached the handler.
    package init(
        _ settings: ServerSettings, log: ServerLog, observe: @escaping @Sendable (RequestRecord) -> Void = { _ in },
        handler: @escaping Handler
    ) {
        self.settings = settings
        self.log = log
        self.observe = observe
        self.handler = handler
    }

    /// Ends a server that runs. May be called at any time, and again.
    package func stop() { stopping.continuation.yield() }

    /// Serves until it is told to end.
    ///
    /// - Parameter whenListening: called once with the port, before the first request is taken.
    package func run(whenListening: @escaping @Sendable (Int) async -> Void = { _ in }) async throws(ServerFault) {
        let exchange = Exchange(
            settings: settings, draining: draining, budget: BodyBudget(settings.maximumBodies), observe: observe,
            handler: handler)
        let late = settings.refusal(408, "The rest of the request did not come in time.")
        let child = HTTP1Channel(
            responder: exchange.respond,
            configuration: .init(
                additionalChannelHandlers: [
                    BodyDeadline(self.settings.bodyTimeout, response: late),
                    AnswerDeadline(self.settings.answerTimeout),
                ],
                idleTimeout: TimeAmount(settings.idleTimeout),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: settings.maximumHeader, maxHeaderListSize: settings.maximumHeader,
                    maxHeaderFieldCount: 100)))
        let library = log.ofLibrary
        let server = Server(
            childChannelSetup: child,
            configuration: ServerConfiguration(
                address: .hostname(settings.address.host, port: settings.address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    OpenFiles.raised(to: settings.maximumConnections), logger: library)),
            onServerRunning: { await whenListening($0.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: library)
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)], logger: library)
        // All is answered or given up by then: connections that stay open are their other ends' doing.
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        let group = ServiceGroup(configuration: configuration)
        let sources = settings.handlesSignals ? signalSources() : []
        defer { for source in sources { source.cancel() } }
        let ending = Task { await end(group) }
        defer { ending.cancel() }
        do { try await group.run() } catch { throw ServerFault(error, at: settings.address) }
    }

    /// The same for a program that has nothing else to do: this thread waits.
    package func runAndWait(whenListening: @escaping @Sendable (Int) async -> Void = { _ in }) throws(ServerFault) {
        let outcome = Mutex<Result<Void, ServerFault>>(.success(()))
        let done = DispatchSemaphore(value: 0)
        Task {
            do throws(ServerFault) { try await run(whenListening: whenListening) } catch {
                outcome.withLock { $0 = .failure(error) }
            }
            done.signal()
        }
        done.wait()
        try outcome.withLock { $0 }.get()
    }

    /// Waits to be told, and ends what runs in `group`.
    private func end(_ group: ServiceGroup) async {
        for await _ in stopping.stream where draining.beginEnding() {
            log.log(.info, "ending")
            try? await Task.sleep(for: settings.grace)
            let limit = Task {
                try await Task.sleep(for: settings.drainTimeout)
                log.log(.warning, "requests that took too long are left")
                await group.triggerGracefulShutdown()
            }
            await draining.close()
            limit.cancel()
            await group.triggerGracefulShutdown()
            return
        }
    }

    private func signalSources() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM].map { number in
            // The source is told of a signal, whose own effect would come first.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [stopping] in stopping.continuation.yield() }
            source.resume()
            return source
        }
    }
}
