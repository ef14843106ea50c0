import Foundation

/// Makes a program start in a folder. Both systems have the function, though glibc's headers show it to few.
@_silgen_name("posix_spawn_file_actions_addchdir_np") @discardableResult
private func addChangeOfFolder(
    _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ folder: UnsafePointer<CChar>
) -> Int32

#if canImport(Glibc) || canImport(Musl)
    /// Bounds another process, which `posix_spawn` cannot; glibc's headers show it to few, too.
    @_silgen_name("prlimit") @discardableResult
    private func bound(
        _ process: pid_t, _ resource: Int32, _ new: UnsafePointer<rlimit>, _ old: UnsafeMutablePointer<rlimit>?
    ) -> Int32
#endif

/// Why the system started no program.
struct StartFailure: Error {
    var reason: String
}

extension ProcessCommand {
    /// The environment as the system wants it, in the order of the names.
    private var variables: [String] { environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } }

    /// Starts the program as the leader of a new process group, with no signal blocked or ignored.
    ///
    /// - Parameter streams: Its standard input, output and error.
    func spawn(_ streams: [Int32]) -> Result<pid_t, StartFailure> {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let only = POSIX_SPAWN_CLOEXEC_DEFAULT
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            let only = 0
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, stream) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
        }
        if let folder { addChangeOfFolder(&actions, folder) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = Int(POSIX_SPAWN_SETPGROUP) | Int(POSIX_SPAWN_SETSIGMASK) | Int(POSIX_SPAWN_SETSIGDEF) | Int(only)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var arguments = ([executable] + arguments).map { strdup($0) } + [nil]
        var variables = variables.map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, executable, &actions, &attributes, &arguments, &variables)
        #if canImport(Glibc) || canImport(Musl)
            if code == 0, let memory {
                // RLIMIT_DATA: since Linux 4.7 all memory that it alone writes to.
                var limit = rlimit(rlim_cur: rlim_t(memory), rlim_max: rlim_t(memory))
                bound(process, 2, &limit, nil)
            }
        #endif
        return code == 0
            ? .success(process) : .failure(StartFailure(reason: String(cString: strerror(code)).lowercased()))
    }
}

/// The streams between this program and another.
enum Descriptors {
    #if canImport(Darwin)
        static let quietly: Int32 = 0
        private static let kind = SOCK_STREAM
    #else
        /// Writing to a program that has ended is an error, not a signal.
        static let quietly = Int32(MSG_NOSIGNAL)
        // As one call, for another thread may start a program meanwhile, which would hold a copy.
        private static let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    #endif

    /// Three pairs: the other's ends and this program's, which do not wait.
    static func streams() throws(ProcessFailure) -> (inner: [Int32], outer: [Int32]) {
        var inner: [Int32] = []
        var outer: [Int32] = []
        for _ in 0..<3 {
            var pair: [Int32] = [-1, -1]
            guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
                let reason = String(cString: strerror(errno)).lowercased()
                for descriptor in inner + outer { close(descriptor) }
                throw .cannotStart(reason)
            }
            #if canImport(Darwin)
                var isOn: Int32 = 1
                for descriptor in pair { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
                setsockopt(pair[0], SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
            #endif
            _ = fcntl(pair[0], F_SETFL, O_NONBLOCK)
            outer.append(pair[0])
            inner.append(pair[1])
        }
        return (inner, outer)
    }
}
