import Foundation

/// Ends the programs that run should this one be killed, when it can end nothing itself: a process of its own that waits
/// for the end of a stream whose other end this program alone holds.
///
/// Linux could tell a program that its parent died, but means the thread that started it, and not what the program started
/// in its turn. This takes both systems, whole groups, and a millisecond, once.
struct ProcessWatcher {
    /// Of groups that began (`+`) and ended (`-`), the numbers alone: nothing of a project is told to the shell.
    private static let script = """
        trap '' HUP INT QUIT TERM
        known=' '
        while read -r sign group; do
          case $sign in
          +) known="$known$group " ;;
          -) known="${known%% $group *} ${known#* $group }" ;;
          esac
        done
        for group in $known; do kill -KILL "-$group"; done
        """

    private let stream: Int32

    /// nil where the system starts none; programs run all the same.
    init?() {
        var command = ProcessCommand("/bin/sh", ["-c", ProcessWatcher.script])
        // It keeps no folder from being removed.
        command.folder = "/"
        guard let (inner, outer) = try? Descriptors.streams() else { return nil }
        let silence = open("/dev/null", O_RDWR | O_CLOEXEC)
        let started = command.spawn([inner[0], silence, silence])
        for descriptor in inner + outer.dropFirst() + [silence] { close(descriptor) }
        guard case .success = started else {
            close(outer[0])
            return nil
        }
        stream = outer[0]
    }

    func tell(_ sign: Character, _ group: pid_t) {
        let line = Array("\(sign) \(group)\n".utf8)
        // A few bytes, which the stream takes at once; a watcher that somebody ended is nobody's loss but its own.
        _ = line.withUnsafeBytes { send(stream, $0.baseAddress, $0.count, Descriptors.quietly) }
    }
}
