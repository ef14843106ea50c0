/// A message of a server that its reader need not ask for, as the HTML standard has it ("Server-sent events", 9.2.5).
struct ServerSentEvent: Sendable, Hashable {
    static let mediaType = "text/event-stream"

    /// nil for a comment, which readers pass over.
    var data: String?
    /// After so many milliseconds a reader that was cut off comes again; nil to leave it at what it was.
    var retry: Int?

    /// A comment, sent to find out whether anybody still listens.
    static let breath = ServerSentEvent()

    /// A line for each line of the data, and an empty one at the end.
    var bytes: [UInt8] {
        var out: [UInt8] = []
        if let retry { out += "retry: \(retry)\n".utf8 }
        guard let data else { return out + ":\n\n".utf8 }
        // A reader ends lines at CR, LF or both.
        let lines = data.utf8.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }
        for line in lines {
            out += "data: ".utf8
            out += line
            out.append(0x0A)
        }
        out.append(0x0A)
        return out
    }
}
