import Diagnostics

extension Explanations {
    /// 096x: previews.
    static let serving: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            960, "port-taken", "Each port has one program that listens on it",
            why: """
                Most often another preview runs there. To take the next port in silence would leave a browser at the old one, \
                which may show another project.
                """,
            nil, do: "End the other program, or say --port 0 for a port that is free; its address is printed."),
        DiagnosticExplanation(
            961, "cannot-listen", "A preview listens at an address of this machine",
            why: "The system refuses an address that is not its own, and ports below 1024 to most users.", nil,
            do: "Leave --host out, or name an address of this machine and a port from 1024 on."),
        DiagnosticExplanation(
            962, "open-preview", "A preview that others can reach is one that others can read",
            why: """
                It asks nobody who they are, and drafts show data and numbers that no one has looked at yet. Links to the \
                files of this machine are left out of it.
                """,
            nil,
            do: "Leave --host out, and let others in by a tunnel that knows them, such as ssh -L 4747:127.0.0.1:4747."),
    ]
}
