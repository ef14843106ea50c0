import Foundation
import Synchronization

/// Runs programs of the machine, each in a process group of its own, which is ended whole when the program ends, or this
/// one, however it ends.
package struct SystemProcessRunner: ProcessRunner {
    /// The groups that run, for who ends this program must end them.
    fileprivate struct Running {
        private(set) var groups: Set<pid_t> = []
        private(set) var hasEnded = false
        /// Begun with the first program.
        private var watcher: ProcessWatcher?
        private var isWatched = false

        mutating func add(_ group: pid_t) {
            groups.insert(group)
            if !isWatched { watcher = ProcessWatcher() }
            isWatched = true
            watcher?.tell("+", group)
        }

        mutating func remove(_ group: pid_t) {
            groups.remove(group)
            watcher?.tell("-", group)
        }

        mutating func endAll() {
            for group in groups { kill(-group, SIGKILL) }
            (groups, hasEnded) = ([], true)
        }
    }

    fileprivate static let running = Mutex(Running())

    package init() {}

    /// Ends all programs that run, lets none begin any more, takes their folders away, and ends this one before it can make
    /// anything of their end.
    package static func endAll(then end: () -> Void = {}) {
        running.withLock { running in
            running.endAll()
            ScratchFolder.removeAll()
            end()
        }
    }

    package func run(_ command: ProcessCommand) throws(ProcessFailure) -> ProcessOutput {
        var command = command
        let folder = try ScratchFolder(&command)
        defer { folder?.remove() }
        let child = try ChildProcess(command)
        return try child.finish(command, nil)
    }

    package func stream(
        _ command: ProcessCommand, _ receive: (UnsafeRawBufferPointer) -> Bool
    ) throws(ProcessFailure) -> ProcessOutput {
        var command = command
        let folder = try ScratchFolder(&command)
        defer { folder?.remove() }
        let child = try ChildProcess(command)
        return try withoutActuallyEscaping(receive) { (receive) throws(ProcessFailure) in
            try child.finish(command, receive)
        }
    }
}

/// A program that runs. It and what it started are gone once this value is.
private final class ChildProcess {
    private let process: pid_t
    private var input: Int32
    private var output: Int32
    private var errors: Int32
    private var status: Int32?

    init(_ command: ProcessCommand) throws(ProcessFailure) {
        let (inner, outer) = try Descriptors.streams()
        // A program that begins is known before anything can end this one.
        let started = SystemProcessRunner.running.withLock { running -> Result<pid_t, StartFailure> in
            guard !running.hasEnded else { return .failure(StartFailure(reason: "this program ends")) }
            let started = command.spawn(inner)
            if case .success(let group) = started { running.add(group) }
            return started
        }
        for descriptor in inner { close(descriptor) }
        guard case .success(let process) = started else {
            for descriptor in outer { close(descriptor) }
            let reason = if case .failure(let failure) = started { failure.reason } else { "" }
            throw .cannotStart(reason)
        }
        self.process = process
        (input, output, errors) = (outer[0], outer[1], outer[2])
    }

    deinit {
        end()
        for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
    }

    /// Ends the whole group, the leader last to be forgotten: until then no other process can have its number.
    private func end() {
        guard status == nil else { return }
        kill(-process, SIGKILL)
        SystemProcessRunner.running.withLock { $0.remove(process) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        self.status = status
    }

    /// Whether the program has ended, without forgetting it.
    private var hasExited: Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == SIGCHLD
    }

    func finish(
        _ command: ProcessCommand, _ receive: ((UnsafeRawBufferPointer) -> Bool)?
    ) throws(ProcessFailure) -> ProcessOutput {
        let deadline = ContinuousClock.now + .seconds(command.seconds)
        var result = ProcessOutput(exitCode: 0, output: [])
        var rest = command.input[...]
        if rest.isEmpty { shut(&input) }
        var isIdle = false
        while output >= 0 || errors >= 0 {
            guard ContinuousClock.now < deadline else { throw .tookTooLong(seconds: command.seconds) }
            var watched = [
                pollfd(fd: output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
                pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
            ]
            // What it started and left behind may hold the streams open for ever. Whether it ended is asked before they are
            // looked at for the last time, for it may write and end in between.
            let isOver = isIdle && hasExited
            let ready = poll(&watched, nfds_t(watched.count), isOver ? 0 : 50)
            if ready == 0, isOver { break }
            isIdle = ready == 0
            guard ready > 0 else { continue }
            if watched[0].revents != 0 {
                read(&output, into: &result.output)
                if let receive {
                    guard result.output.withUnsafeBytes({ receive($0) }) else { return result }
                    result.output.removeAll(keepingCapacity: true)
                }
            }
            if watched[1].revents != 0 { read(&errors, into: &result.errors) }
            if watched[2].revents != 0 { send(&rest) }
            guard max(result.output.count, result.errors.count) <= command.outputLimit else {
                throw .saidTooMuch(limit: command.outputLimit)
            }
        }
        while !hasExited {
            guard ContinuousClock.now < deadline else { throw .tookTooLong(seconds: command.seconds) }
            usleep(200)
        }
        end()
        let status = status ?? 0
        result.exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        return result
    }

    private func shut(_ descriptor: inout Int32) {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    private func read(_ descriptor: inout Int32, into bytes: inout [UInt8]) {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let count = Foundation.read(descriptor, &piece, piece.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        bytes += piece.prefix(max(0, count))
        if count <= 0 { shut(&descriptor) }
    }

    /// A program that does not read its input to the end has its reasons: what it says of them is its output.
    private func send(_ rest: inout ArraySlice<UInt8>) {
        let count = rest.withUnsafeBytes {
            Foundation.send(input, $0.baseAddress, $0.count, Descriptors.quietly)
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        rest = rest.dropFirst(max(0, count))
        if count < 0 || rest.isEmpty { shut(&input) }
    }
}
