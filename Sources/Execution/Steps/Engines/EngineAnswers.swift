import Datasets
import Engines
import Synchronization

/// What engines said of themselves and of the state of their data, for one build: the cache's key and the results are made of
/// the same answer, and nobody is asked twice.
package final class EngineAnswers: Sendable {
    private let words = Mutex<[String: String]>([:])
    private let queries = Mutex<[String: CheckedQuery]>([:])

    /// - Parameter question: Who is asked for what.
    func answer(to question: String, _ ask: () throws(DataFault) -> String) throws(DataFault) -> String {
        try EngineAnswers.once(words, question, ask)
    }

    /// A query as its engine reads it.
    func checked(
        _ question: String, _ ask: () throws(DataFault) -> CheckedQuery
    ) throws(DataFault) -> CheckedQuery {
        try EngineAnswers.once(queries, question, ask)
    }

    private static func once<Answer: Sendable>(
        _ known: borrowing Mutex<[String: Answer]>, _ question: String, _ ask: () throws(DataFault) -> Answer
    ) throws(DataFault) -> Answer {
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
