import ArgumentParser

/// The analyses that a command is about.
struct AnalysisArguments: ParsableArguments {
    @Argument(help: "Analyses, or folders of them.", completion: .file(extensions: ["md"]))
    var paths: [String]
}
