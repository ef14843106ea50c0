import Datasets
import Estimation

/// Arms by their experiments, as an engine sends them: those of one experiment one after another.
struct ArmGroups {
    private let engine: String
    private var experiments: [ExperimentSums] = []
    /// By experiment; empty where nothing bounds numbers.
    private var raised: [[Int]] = []
    private var lowered: [[Int]] = []

    init(_ engine: String) { self.engine = engine }

    mutating func add(
        _ arm: ArmSums, of experiment: String, origins: [Double], raised: [Int] = [], lowered: [Int] = []
    ) {
        let last = experiments.count - 1
        guard last >= 0, experiments[last].name == experiment else {
            experiments.append(ExperimentSums(name: experiment, origins: origins, arms: [arm]))
            if !raised.isEmpty {
                self.raised.append(raised)
                self.lowered.append(lowered)
            }
            return
        }
        experiments[last].arms.append(arm)
        for index in raised.indices {
            self.raised[last][index] += raised[index]
            self.lowered[last][index] += lowered[index]
        }
    }

    /// In an order that no engine's collation decides: whole numbers by their size where all names are such, else by bytes.
    ///
    /// - Throws: where an engine tells names apart that are the same text.
    consuming func sorted() throws(DataFault) -> (experiments: [ExperimentSums], raised: [[Int]], lowered: [[Int]]) {
        let isNumbered = experiments.allSatisfy { Int($0.name) != nil }
        let order = experiments.indices.sorted { a, b in
            let (first, second) = (experiments[a].name, experiments[b].name)
            if isNumbered, let one = Int(first), let other = Int(second), one != other { return one < other }
            return first.utf8.lexicographicallyPrecedes(second.utf8)
        }
        func ordered(_ counts: [[Int]]) -> [[Int]] { counts.isEmpty ? [] : order.map { counts[$0] } }
        let (raised, lowered) = (ordered(raised), ordered(lowered))
        for experiment in experiments.indices {
            experiments[experiment].arms.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        }
        let sorted = order.map { experiments[$0] }
        for (one, other) in zip(sorted, sorted.dropFirst()) where one.name == other.name { throw twice(one.name) }
        for experiment in sorted {
            for (one, other) in zip(experiment.arms, experiment.arms.dropFirst()) where one.name == other.name {
                throw twice(one.name)
            }
        }
        return (sorted, raised, lowered)
    }

    private func twice(_ name: String) -> DataFault {
        .engine(
            engine, "Names are told apart by what they are as text, and \(name) stands for two",
            "`cast` them to text in the query")
    }
}
