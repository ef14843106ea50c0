import Dispatch
import Foundation
import Workspace

/// Ends the programs that this one started when it is interrupted or told to end, and then this one as it would have ended.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    init() {
        sources = [SIGINT, SIGTERM].map { number in
            // The source is told of a signal, whose own effect would come first.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                SystemProcessRunner.endAll {
                    signal(number, SIG_DFL)
                    // Threads of queues hold signals back.
                    var own = sigset_t()
                    sigemptyset(&own)
                    sigaddset(&own, number)
                    pthread_sigmask(SIG_UNBLOCK, &own, nil)
                    raise(number)
                }
            }
            source.resume()
            return source
        }
    }

    /// From here on signals have their own effect again.
    func finish() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
