import Diagnostics
import Foundation
package import Pipeline
package import Workspace

/// A Language Server (protocol 3.17) for analyses, over standard input and output.
///
/// One thread reads, one answers, others check and compute; what they find comes to the answering thread through its
/// inbox, so that no state is shared and typing waits for nothing. It reads what a build reads, with the texts that the
/// editor has open in the place of their files, and writes nothing but the project's cache.
package struct LanguageServer: Sendable {
    var workspace: WorkspaceContext
    var trust: Trust
    var cache: ProjectCache
    /// The program's own file, as builds know it.
    var executable: String?
    /// How many directives of a build run at once.
    var jobs: Int
    /// False to check only.
    var computesValues = true

    package init(
        in workspace: WorkspaceContext, trust: Trust, cache: ProjectCache, executable: String?, jobs: Int,
        computesValues: Bool = true
    ) {
        self.workspace = workspace
        self.trust = trust
        self.cache = cache
        self.executable = executable
        self.jobs = jobs
        self.computesValues = computesValues
    }

    /// Serves the editor at the other end of two file descriptors until it says `exit` or goes away.
    ///
    /// - Returns: The exit code: 0 after `shutdown`, else 1.
    package func run(input: Int32, output: Int32) -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        let inbox = Inbox()
        let stream = Stream(input: input, output: output)
        stream.read(into: inbox)
        let session = Session(self, inbox: inbox) { stream.write($0) }
        while session.exitCode == nil {
            for item in inbox.take(until: session.deadline) { session.take(item) }
            session.work()
        }
        return session.exitCode ?? 1
    }
}
