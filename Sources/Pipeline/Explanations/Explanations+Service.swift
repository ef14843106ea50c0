import Diagnostics

extension Explanations {
    /// What `report service` needs before it listens.
    static let service: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            970, "needs-token", "A service that other machines can reach answers only those who know a token",
            why: "Whoever reaches the port could else use the processor, and read what models there are.", nil,
            do: "Give --token-file, or leave out --host, so that only this machine reaches it."),
        DiagnosticExplanation(
            971, "unusable-results", "Models come from results files that are as they were built",
            why: "A file whose numbers do not have the digest beside them was changed after the build that made it.",
            nil, do: "Build the analysis again (`report build`), or name another file."),
        DiagnosticExplanation(
            972, "bad-token-file", "A file of tokens has one a line, each of 16 characters or more",
            why: "A short token can be found by trying.", nil,
            do: "Make one, for instance with `openssl rand -hex 24`, and keep the file to yourself (chmod 600)."),
        DiagnosticExplanation(
            973, "cannot-listen", "A server listens at an address of this machine that no other program has",
            why: "Two programs cannot listen at one port; ports below 1024 are for those with rights to them.", nil,
            do: "Choose another with --port, or end the other program."),
        DiagnosticExplanation(
            974, "same-model-name", "The models of a service have names of their own",
            why: "A name is made of the results file's, so two files of one name have models of the same names.", nil,
            do: "Name a folder that both lie in: then the names begin with the folders in between."),
    ]
}
