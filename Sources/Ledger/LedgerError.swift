package import Workspace

/// Why a trail could not be read or written. Whatever it is, the trail is as it was.
package enum LedgerError: Error, Sendable, Hashable {
    /// A file could not be read or written.
    case file(FileError)
    /// A file of the trail is not what it must be; the path is from the trail's folder.
    case damaged(path: String, reason: String)
    /// Another process was writing all the time that was waited for.
    case busy(path: String)
    /// An entry that no moving of lists makes short enough.
    case oversized(report: String)
    case unsignable(key: String)
    /// An entry, size or record that the trail does not have.
    case missing(String)

    /// In words.
    package var reason: String {
        switch self {
        case .file(let error): "\(error.path): \(error.reason)"
        case .damaged(let path, let reason): "\(path): \(reason)"
        case .busy(let path): "\(path): another program has been writing the trail for too long"
        case .oversized(let report):
            "the entry of \(report) is longer than \(EntryBundle.entryLimit) bytes even without its lists"
        case .unsignable(let key): "the key \(key) cannot sign"
        case .missing(let what): "the trail has no \(what)"
        }
    }
}
