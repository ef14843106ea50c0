package import Diagnostics
import Documents
import Ledger
import Values
package import Workspace

/// A build of the trail made again: from the source and the data that it had, without what earlier builds computed, and in
/// memory, so that nothing of the project is touched.
package struct Reproduction: Sendable {
    /// A file of the report, then and now.
    package struct File: Sendable, Hashable {
        package enum State: Sendable, Hashable {
            case same
            /// Where the first difference is, if what was written then still lies in the output folder.
            case differs(at: String?)
            /// It is not made any more.
            case missing
            /// It was not made then.
            case new
        }

        /// From the output folder.
        package var path: String
        package var state: State
        /// As made now; empty where it is not.
        package var bytes: [UInt8]
    }

    package enum Verdict: String, Sendable {
        /// Every file has the bytes that it had.
        case bytes
        /// Another program made other files with the same numbers, to 10⁻⁹.
        case numbers
        /// The files or the numbers are not what they were.
        case differs
        /// It could not be built.
        case failed
    }

    /// The entry's number.
    package var number: Int
    package var report: String
    package var files: [File]
    /// nil where it could not be built, or where the numbers of then are lost.
    package var comparison: BuildComparison?
    /// Whether all results have the digest that they had.
    package var hasSameResults: Bool
    /// What about this program is not as it was; nil where it is the same file, or might be.
    package var otherTool: String?
    /// How many files that were read came from the commit, and from the project.
    package var sources: (commit: Int, project: Int)
    /// What building had to say.
    package var diagnostics: [Diagnostic]
    package var isBuilt: Bool

    package var verdict: Verdict {
        if !isBuilt { return .failed }
        if files.allSatisfy({ $0.state == .same }) { return .bytes }
        guard otherTool != nil, let comparison, comparison.isSame(within: .rounding) else { return .differs }
        return .numbers
    }

    package var isSame: Bool { verdict == .bytes || verdict == .numbers }
}
