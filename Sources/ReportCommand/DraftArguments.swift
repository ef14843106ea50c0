import ArgumentParser
import Pipeline

/// What may be said of a build that is only a draft.
struct DraftArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Builds a draft of this share of units, stamped as one, below .report/draft: no claims, no audit trail.",
            valueName: "share"))
    var sample: String?

    @Option(name: .customLong("sample-seed"), help: "Which units a draft is made of.")
    var seed: UInt64 = 1

    func validate() throws {
        guard let sample else {
            if seed != 1 { throw ValidationError("--sample-seed goes with --sample.") }
            return
        }
        do throws(DraftSampleFault) {
            var options = BuildOptions()
            try options.takeSample(sample, seed: seed)
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// Whether not all units are used.
    var isDraft: Bool {
        var options = BuildOptions()
        apply(to: &options)
        return options.sample != nil
    }

    /// The same to the build itself; what is wrong with it was told.
    func apply(to options: inout BuildOptions) {
        if let sample { try? options.takeSample(sample, seed: seed) }
    }
}
