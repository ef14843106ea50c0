/// How git is run.
extension GitRepository {
    /// Settings that no `.git/config` can take back: those of the command line stand over all others.
    private static let settings = [
        "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.sshCommand=false", "credential.helper=",
        "log.showSignature=false", "log.follow=false",
        // A folder that only looks like a repository, as one with files named HEAD, objects and refs does, is none.
        "safe.bareRepository=explicit",
    ]

    static func command(
        _ git: String, _ arguments: [String], _ root: String, _ environment: [String: String]
    ) -> ProcessCommand {
        var own = [
            "PATH": "/usr/bin:/bin", "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1",
            // An object that is missing is not fetched: what is not on this machine is not there.
            "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
        ]
        // Where the user's own settings lie, which say who they are and whose repositories are safe.
        for name in ["HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL"] { own[name] = environment[name] }
        let options = ["-C", root, "--no-pager", "--literal-pathspecs"] + settings.flatMap { ["-c", $0] }
        return ProcessCommand(git, options + arguments, environment: own)
    }
}
