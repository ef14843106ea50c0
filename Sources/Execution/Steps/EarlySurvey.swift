import Datasets
import Parallelism
import Workspace

/// The first pass over large files of text whose digests nobody knows yet: it is made beside these, on the processors that a
/// digest leaves idle, where no earlier build could have left a result that spares the pass.
struct EarlySurvey: Sendable {
    private let survey: FrameSurvey
    private let frame: Frame

    /// nil where the files are small, or known, or do not read well, which the pass proper tells.
    init?(_ context: StepContext) {
        var copy = context
        guard let frame = try? DataStep.frame(&copy, known: { $0.unread($1) }),
            frame.files.allSatisfy({ $0.known != nil && $0.format != .jsonl })
        else { return nil }
        let (digests, files) = (context.digests, context.workspace.files)
        let passes = concurrentMap(2) { pass -> (survey: FrameSurvey, frame: Frame)? in
            // The first pass is this thread's; the other comes to its help once it has the digests.
            guard pass == 0 else {
                for file in frame.files { _ = try? digests.digest(of: file.path) }
                return nil
            }
            var read = frame
            return (try? FrameSurvey(of: &read, in: files)).map { ($0, read) }
        }
        guard let made = passes[0] else { return nil }
        (survey, self.frame) = made
    }

    /// The survey, and the frame as it leaves it; nil where a file is no longer what was read.
    func survey(of other: inout Frame) -> FrameSurvey? {
        let isSame =
            frame.files.count == other.files.count
            && zip(frame.files, other.files).allSatisfy {
                $0.path == $1.path && $0.format == $1.format && $0.known?.status == $1.known?.status
            }
        guard isSame else { return nil }
        let fingerprints = other.files.compactMap(\.known?.fingerprint)
        guard fingerprints.count == other.files.count else { return nil }
        other = other.surveyed(columns: frame.columns, fingerprints: fingerprints)
        return survey
    }
}
