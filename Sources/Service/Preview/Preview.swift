package import Diagnostics
import Dispatch
import Documents
import Foundation
package import Pipeline
import Synchronization
package import Workspace

/// `report serve`: builds analyses whenever a file is saved, and shows them to a browser that hears of it at once.
///
/// The thread that runs it builds, the server's own answer. They meet in the hub alone.
package final class Preview: Sendable {
    /// Who shows in a terminal what happens.
    package struct Listeners {
        /// The server takes requests, at this address.
        package var onListening: (String) -> Void
        package var onChange: ([WatchedFiles.Change]) -> Void
        package var onEvent: (Build.Event) -> Void
        package var onRound: (Watch.Round) -> Void
        /// Waits; false to end.
        package var pause: (Duration) -> Bool

        package init(
            onListening: @escaping (String) -> Void, onChange: @escaping ([WatchedFiles.Change]) -> Void,
            onEvent: @escaping (Build.Event) -> Void, onRound: @escaping (Watch.Round) -> Void,
            pause: @escaping (Duration) -> Bool
        ) {
            self.onListening = onListening
            self.onChange = onChange
            self.onEvent = onEvent
            self.onRound = onRound
            self.pause = pause
        }
    }

    /// How often a stream is tried whose reader may have gone.
    private static let breath = Duration.seconds(15)

    private let paths: [String]
    private let build: Build
    private let workspace: WorkspaceContext
    private let watch: Watch
    private let address: ServerAddress
    private let server: HTTPServer
    private let hub: PreviewHub
    private let files: PreviewFiles
    private let begun = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let port = Mutex(0)
    private let fault = Mutex(ServerFault?.none)

    /// - Parameters:
    ///   - paths: As a person typed them.
    ///   - options: Of builds, which write a page each below `.report/preview`.
    ///   - editor: Opens places in files; nil for none.
    ///   - build: Makes a build of options.
    package init(
        _ paths: [String], _ options: BuildOptions, at address: ServerAddress, editor: EditorLink?,
        in workspace: WorkspaceContext, build: (BuildOptions) -> Build
    ) {
        var options = options
        options.isPreview = true
        options.output = nil
        options.formats = [.html]
        self.paths = paths
        self.address = address
        self.workspace = workspace
        self.build = build(options)
        watch = Watch(paths, options, in: workspace)
        let hub = PreviewHub()
        let files = PreviewFiles(files: workspace.files)
        var unsaid: [Diagnostic] = []
        let analyses = Analysis.find(paths, in: workspace, diagnostics: &unsaid)
        hub.change { $0.begin(expecting: analyses) }
        let handler = PreviewHandler(
            hub: hub, files: files,
            // Paths of this machine are nobody else's business.
            editor: address.isLoopback ? editor : nil,
            pages: PreviewPages(name: Preview.name(of: analyses, in: workspace)))
        var settings = ServerSettings(address: address)
        settings.hosts = .known(address.isLoopback ? [] : [address.host])
        settings.maximumBody = 0
        settings.maximumConnections = 256
        settings.grace = .zero
        settings.drainTimeout = .milliseconds(300)
        settings.handlesSignals = false
        server = HTTPServer(settings, log: .jsonLines(from: .warning)) { handler.answer($0) }
        self.hub = hub
        self.files = files
    }

    /// The names of the folders of projects.
    private static func name(of analyses: [Analysis], in workspace: WorkspaceContext) -> String {
        var names: [String] = []
        for analysis in analyses {
            let name = Paths.lastComponent(of: analysis.project.root)
            if !names.contains(name) { names.append(name) }
        }
        return DiagnosticFormatter.neutralized(
            names.isEmpty ? Paths.lastComponent(of: workspace.workingFolder) : names.joined(separator: ", "))
    }

    /// Serves, and builds at the start and after each change; only `pause`, or paths that lead to no project, bring it to an end.
    ///
    /// - Returns: Why it could not serve; nil where it could.
    package func run(_ listeners: Listeners) -> Diagnostic? {
        signal(SIGPIPE, SIG_IGN)
        Task.detached { [self] in
            let breathing = Task {
                while true {
                    try await Task.sleep(for: Preview.breath)
                    hub.wake()
                }
            }
            do throws(ServerFault) {
                try await server.run { [self] port in
                    self.port.withLock { $0 = port }
                    begun.signal()
                }
            } catch {
                fault.withLock { $0 = error }
            }
            breathing.cancel()
            begun.signal()
            ended.signal()
        }
        begun.wait()
        if let fault = fault.withLock({ $0 }) { return .noPreview(fault) }
        listeners.onListening(ServerAddress(host: address.host, port: port.withLock { $0 }).url + "/")
        follow(listeners)
        stop()
        return nil
    }

    /// Ends the streams and the server; returns once that is done, or after most of a second. What is being built goes on.
    package func stop() {
        hub.close()
        server.stop()
        if ended.wait(timeout: .now() + .milliseconds(700)) == .success { ended.signal() }
    }

    private func follow(_ listeners: Listeners) {
        var watch = watch
        watch.run(
            pause: listeners.pause,
            onChange: { changes in
                hub.change { $0.begin() }
                listeners.onChange(changes)
            },
            build: {
                build.run(paths) { event in
                    take(event)
                    listeners.onEvent(event)
                }
            },
            onRound: { round in
                hub.change { $0.end(round.general, round.outcomes) }
                listeners.onRound(round)
            })
    }

    private func take(_ event: Build.Event) {
        let now = workspace.now()
        let title = title(of: event)
        hub.change { $0.take(event, title: title, at: now) }
    }

    /// Of the page that a build wrote; nil where it is known.
    private func title(of event: Build.Event) -> String? {
        guard case .ended(let outcome) = event,
            let page = outcome.files.firstIndex(where: { $0.hasSuffix(".html") })
        else { return nil }
        let known = hub.board.reports.values.contains { report in
            [report.page, report.draft].contains {
                $0?.path == outcome.files[page] && $0?.digest == outcome.digests[page]
            }
        }
        return known ? nil : files.title(of: outcome.files[page])
    }
}
