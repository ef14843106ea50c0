import Digests
import Results

extension Report {
    /// What stands over a report of some units only; nil over any other.
    package var draftStamp: String? {
        results.sample.map { "Draft: \($0.words). Numbers will change, and claims are not judged." }
    }
}
