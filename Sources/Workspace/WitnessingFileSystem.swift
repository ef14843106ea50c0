import Synchronization

/// A question that was put to a file system.
package struct FileQuestion: Sendable, Hashable {
    package enum Kind: String, Sendable {
        /// What stands at the path, links followed, and what it holds.
        case entry
        /// The same of the path itself.
        case ownEntry
        /// Where the path leads once links are followed.
        case realPath
        /// The names in a folder that match a part of a pattern.
        case names
    }

    package var kind: Kind
    package var path: String
    /// Of `names`.
    package var pattern: String

    package init(_ kind: Kind, _ path: String, matching pattern: String = "*") {
        self.kind = kind
        self.path = path
        self.pattern = pattern
    }
}

/// The files of another file system, with a note of everything that was asked about them: what is made of the answers
/// alone is made again the same while they stay the same.
package final class WitnessingFileSystem: FileSystem {
    package enum Answer: Sendable, Hashable {
        /// As it was when first asked for; nil for nothing.
        case entry(FileStatus?)
        case path(String?)
        /// nil for a folder that cannot be listed.
        case names([String]?)
    }

    private struct State {
        var answers: [(question: FileQuestion, answer: Answer)] = []
        var known: Set<FileQuestion> = []
    }

    private let base: any FileSystem
    private let state = Mutex(State())

    package init(_ base: any FileSystem) { self.base = base }

    /// Every question once, with the first answer.
    package var answers: [(question: FileQuestion, answer: Answer)] { state.withLock(\.answers) }

    private func note(_ kind: FileQuestion.Kind, _ path: String, _ answer: Answer) {
        note(FileQuestion(kind, path), answer)
    }

    private func note(_ question: FileQuestion, _ answer: Answer) {
        state.withLock { state in
            if state.known.insert(question).inserted { state.answers.append((question, answer)) }
        }
    }

    package func status(of path: String) -> FileStatus? {
        let status = base.status(of: path)
        note(.entry, path, .entry(status))
        return status
    }

    package func linkStatus(of path: String) -> FileStatus? {
        let status = base.linkStatus(of: path)
        note(.ownEntry, path, .entry(status))
        return status
    }

    package func realPath(of path: String) -> String? {
        let real = base.realPath(of: path)
        note(.realPath, path, .path(real))
        return real
    }

    package func names(in folder: String) throws(FileError) -> [String] { try names(in: folder, matching: "*") }

    package func names(in folder: String, matching part: String) throws(FileError) -> [String] {
        let question = FileQuestion(.names, folder, matching: part)
        do throws(FileError) {
            let names = try base.names(in: folder, matching: part)
            note(question, .names(names))
            return names
        } catch {
            note(question, .names(nil))
            throw error
        }
    }

    package func open(_ path: String) throws(FileError) -> any ByteSource {
        // Asked before the bytes are read: a file that changes meanwhile is then not what it was.
        note(.entry, path, .entry(base.status(of: path)))
        return try base.open(path)
    }

    package func replace(_ files: [FileContent]) throws(FileError) { try base.replace(files) }

    package func remove(_ path: String) throws(FileError) { try base.remove(path) }

    package func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)? {
        try base.lock(path, waiting: time)
    }

    package func settle(_ paths: [String], in folder: String) throws(FileError) { try base.settle(paths, in: folder) }

    package func touch(_ path: String) { base.touch(path) }
}
