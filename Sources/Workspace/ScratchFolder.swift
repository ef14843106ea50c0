import Foundation
import Synchronization

/// The folder of a command's file, for this user alone.
struct ScratchFolder {
    /// Those that are there, for who ends this program must take them away.
    private static let present = Mutex<Set<String>>([])

    private let path: String

    /// Writes the file, and tells the command where it lies; nil where it has none.
    init?(_ command: inout ProcessCommand) throws(ProcessFailure) {
        guard let bytes = command.file else { return nil }
        let template = FileManager.default.temporaryDirectory.appendingPathComponent("report-XXXXXX").path
        var name = Array(template.utf8CString)
        guard let made = mkdtemp(&name) else { throw ScratchFolder.failure }
        path = String(cString: made)
        ScratchFolder.present.withLock { _ = $0.insert(path) }
        let file = path + "/query.sql"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        var rest = bytes[...]
        while descriptor >= 0, !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { break }
            rest = rest.dropFirst(max(0, count))
        }
        let failure = ScratchFolder.failure
        if descriptor >= 0 { close(descriptor) }
        guard descriptor >= 0, rest.isEmpty else {
            remove()
            throw failure
        }
        command.arguments = command.arguments.map { $0 == ProcessCommand.filePlace ? file : $0 }
        if command.runsBesideFile { command.folder = path }
    }

    private static var failure: ProcessFailure { .cannotStart(String(cString: strerror(errno)).lowercased()) }

    func remove() {
        ScratchFolder.present.withLock { _ = $0.remove(path) }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Of all commands that run, once these were ended. One that dies may write a last file meanwhile.
    static func removeAll() {
        for path in present.withLock({ $0 }) {
            for _ in 0..<20 {
                try? FileManager.default.removeItem(atPath: path)
                guard FileManager.default.fileExists(atPath: path) else { break }
                usleep(10_000)
            }
        }
    }
}
