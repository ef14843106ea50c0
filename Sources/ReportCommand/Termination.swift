import Dispatch
import Foundation
import Synchronization
import Workspace

/// Ends the program with success when it is interrupted or told to end, between two changes of files and not in one.
final class Termination {
    /// The machine's files, which the rest of the program is to use.
    let files: GuardedFileSystem
    private let sources: [any DispatchSourceSignal]
    private let preparation: Preparation

    init() {
        let files = GuardedFileSystem(DiskFileSystem())
        let preparation = Preparation()
        self.files = files
        self.preparation = preparation
        sources = [SIGINT, SIGTERM].map { number in
            // The source is told of a signal, whose own effect would come first.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                SystemProcessRunner.endAll()
                preparation.run()
                Termination.end(files)
            }
            source.resume()
            return source
        }
    }

    /// What is done once before the program ends by a signal, in no more than a second; a second signal does not wait for it.
    func before(_ body: @escaping @Sendable () -> Void) { preparation.body.withLock { $0 = body } }

    private static func end(_ files: GuardedFileSystem) -> Never {
        files.end {
            fflush(nil)
            _exit(0)
        }
    }

    private final class Preparation: Sendable {
        let body = Mutex<(@Sendable () -> Void)?>(nil)

        func run() {
            let body = self.body.withLock { body in
                defer { body = nil }
                return body
            }
            body?()
        }
    }
}
