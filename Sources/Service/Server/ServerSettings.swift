/// What a server listens on and how much it takes of whoever connects.
package struct ServerSettings: Sendable {
    package var address: ServerAddress
    package var hosts: HostRule = .known([])
    /// Bytes of a request's body; one more is refused with 413.
    package var maximumBody = 1 << 20
    /// Bytes of all bodies that are read or answered at once; one that is too many is refused with 503.
    package var maximumBodies = 256 << 20
    /// Bytes of all header fields.
    package var maximumHeader = 16 << 10
    /// Open at once, where the machine lets a program have so many; more wait in its own queue until others close.
    package var maximumConnections = 4096
    /// Without a whole request's head for so long, a connection is closed.
    package var idleTimeout: Duration = .seconds(30)
    /// From a request's head to the end of its body; 408 after it.
    package var bodyTimeout: Duration = .seconds(15)
    /// A connection whose other end takes nothing of an answer for so long is closed.
    package var answerTimeout: Duration = .seconds(30)
    /// After it is told to end, it takes requests for so long still: those that were on their way.
    package var grace: Duration = .milliseconds(250)
    /// How long requests that were taken may need then.
    package var drainTimeout: Duration = .seconds(30)
    /// Whether the program's termination signals end it.
    package var handlesSignals = true

    /// What is answered where no handler is asked: a status and a sentence.
    package var refusal: @Sendable (Int, String) -> ServerResponse = { .text($1 + "\n", status: $0) }

    /// Asked before a request's body is read, with an empty one: a response is all that whoever asks gets.
    package var admission: @Sendable (ServerRequest) -> ServerResponse? = { _ in nil }

    package init(address: ServerAddress) { self.address = address }
}
