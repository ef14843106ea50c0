import Foundation

/// How many files and connections the machine lets this program have open.
enum OpenFiles {
    /// What the program itself needs besides connections.
    private static let own = 64

    /// Asks for so many connections, and tells how many there can be.
    static func raised(to wanted: Int) -> Int {
        #if canImport(Glibc)
            let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let kind = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return wanted }
        let needed = rlim_t(wanted + own)
        if limit.rlim_cur < needed {
            var raised = limit
            raised.rlim_cur = min(needed, limit.rlim_max)
            if setrlimit(kind, &raised) == 0 { limit = raised }
        }
        return max(1, min(wanted, Int(clamping: limit.rlim_cur) - own))
    }
}
