import Dispatch
import Foundation
import Workspace

/// Ends the program with success when it is interrupted or told to end, between two changes of files and not in one.
final class Termination {
    /// The machine's files, which the rest of the program is to use.
    let files: GuardedFileSystem
    private let sources: [any DispatchSourceSignal]

    init() {
        let files = GuardedFileSystem(DiskFileSystem())
        self.files = files
        sources = [SIGINT, SIGTERM].map { number in
            // The source is told of a signal, whose own effect would come first.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                files.end {
                    fflush(nil)
                    _exit(0)
                }
            }
            source.resume()
            return source
        }
    }
}
