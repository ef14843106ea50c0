import Diagnostics

extension Explanations {
    /// 096x: previews.
    static let serving: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            960, "open-preview", "A preview that others can reach is one that others can read",
            why: """
                It asks nobody who they are, and drafts show data and numbers that no one has looked at yet. Links to the \
                files of this machine are left out of it.
                """,
            nil,
            do: "Leave --host out, and let others in by a tunnel that knows them, such as ssh -L 4747:127.0.0.1:4747.")
    ]
}
