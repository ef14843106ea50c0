import Datasets
import Synchronization

/// What engines said of themselves and of the state of their data, for one build: the cache's key and the results are made of
/// the same answer, and nobody is asked twice.
package final class EngineAnswers: Sendable {
    private let known = Mutex<[String: String]>([:])

    /// - Parameter question: Who is asked for what.
    func answer(to question: String, _ ask: () throws(DataFault) -> String) throws(DataFault) -> String {
        if let found = known.withLock({ $0[question] }) { return found }
        let found = try ask()
        // Of two that asked at once the first is believed.
        return known.withLock { known in
            let kept = known[question] ?? found
            known[question] = kept
            return kept
        }
    }
}
