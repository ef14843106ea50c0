import Datasets
import Estimation
import Workspace

/// One pass over units: the sums of every arm, in the order of the data.
///
/// Memory is a few numbers an arm; where there are clusters also the sums of each, for its units need not stand together,
/// and where units have names eight bytes a unit.
struct UnitSums {
    private struct ArmState {
        var assigned = 0
        var units = 0
        var origins: UnitDesign.Origins
        var moments: MomentAccumulator
    }

    private struct Cluster {
        var arm: Int
        /// Of its units, those that all numbers are known of.
        var units = 0
    }

    private struct Group {
        var variants = NameTable()
        /// By variant, the place of its arm among all.
        var arms: [Int] = []
        var clusters = NameTable()
        var states: [Cluster] = []
        /// By cluster, the design's columns.
        var sums: [Double] = []
        var bounds: [UnitBound.Values]
        var raised: [Int]
        var lowered: [Int]
    }

    /// How a column of an experiment was winsorised.
    struct Winsorised: Sendable {
        var experiment: String
        var bound: Int
        var values: UnitBound.Values
        var raised: Int
        var lowered: Int
    }

    let request: UnitsRequest
    private let bounds: [String: [UnitBound.Values]]
    private(set) var experiments = NameTable()
    private var groups: [Group] = []
    private var arms: [ArmState] = []
    private(set) var faults = UnitFaults()
    private(set) var leftOut = 0
    /// Numbers of covariates that were missing and filled.
    private(set) var filled = 0
    private var row: [Double]
    private var values: [Double]
    var names = UnitNames()

    init(_ request: UnitsRequest, bounds: [String: [UnitBound.Values]]) {
        self.request = request
        self.bounds = bounds
        row = Array(repeating: 0, count: request.design.width)
        values = Array(repeating: 0, count: request.rows.columns.count)
    }

    mutating func read(in files: any FileSystem) throws(DataFault) {
        let request = request
        var numbers = UnitNumberFaults(request.rows)
        defer { faults.numbers = numbers }
        try request.rows.frame.forEachBlock(in: files) {
            UnitBatch($0, request)
        } take: {
            (batch, linesBefore) throws(DataFault) in
            numbers.add(batch, linesBefore)
            add(batch, linesBefore)
            if let fault = batch.fault { throw fault.shifted(by: linesBefore) }
        }
        addClusters()
    }

    private mutating func add(_ batch: UnitBatch, _ linesBefore: Int) {
        let places = batch.experiments.names.map { place(of: $0) }
        let (variants, width, request) = (batch.variants.names, request.rows.columns.count, request)
        // Arms by the numbers that the batch has for their names, -1 until they come.
        var known = [Int](repeating: -1, count: places.count * variants.count)
        names.add(batch.hashes)
        batch.numbers.withUnsafeBufferPointer { numbers in
            for (index, keys) in batch.keys.enumerated() {
                let e = places[Int(keys.experiment)]
                let pair = Int(keys.experiment) * variants.count + Int(keys.variant)
                if known[pair] < 0 { known[pair] = arm(of: variants[Int(keys.variant)], in: e) }
                let arm = known[pair]
                let unit = UnsafeBufferPointer(rebasing: numbers[index * width..<(index + 1) * width])
                var isUsed = keys.filled >= 0
                if !isUsed { leftOut += 1 }
                if isUsed, let weight = request.design.weight, unit[weight] < 0 {
                    faults.negativeWeight(at: batch.place(ofLine: keys.line, linesBefore: linesBefore))
                    isUsed = false
                }
                if isUsed {
                    filled += Int(keys.filled)
                    take(unit, e, arm, request)
                    arms[arm].units += 1
                }
                guard request.cluster == nil else {
                    let name = batch.clusters.names[Int(keys.cluster)]
                    if !add(isUsed, to: name, e, arm) {
                        let place = batch.place(ofLine: keys.line, linesBefore: linesBefore)
                        faults.split(name, of: experiments.names[e], at: place)
                    }
                    continue
                }
                arms[arm].assigned += 1
                if isUsed { row.withUnsafeBufferPointer { arms[arm].moments.add($0) } }
            }
        }
    }

    /// The place among all arms.
    private mutating func arm(of variant: String, in e: Int) -> Int {
        let v = groups[e].variants.place(of: variant)
        if v == groups[e].arms.count {
            groups[e].arms.append(arms.count)
            arms.append(
                ArmState(
                    origins: request.design.startingOrigins, moments: MomentAccumulator(metrics: row.count)))
        }
        return groups[e].arms[v]
    }

    /// Adds what `row` has of a unit to its cluster.
    ///
    /// - Returns: whether the cluster's units are all in this arm.
    private mutating func add(_ isUsed: Bool, to name: String, _ e: Int, _ arm: Int) -> Bool {
        let c = groups[e].clusters.place(of: name)
        if c == groups[e].states.count {
            groups[e].states.append(Cluster(arm: arm))
            groups[e].sums.append(contentsOf: repeatElement(0, count: row.count))
            arms[arm].assigned += 1
        }
        if isUsed {
            groups[e].states[c].units += 1
            for index in row.indices { groups[e].sums[c * row.count + index] += row[index] }
        }
        return groups[e].states[c].arm == arm
    }

    private mutating func place(of experiment: String) -> Int {
        let e = experiments.place(of: experiment)
        if e == groups.count {
            let own = bounds[experiment] ?? UnitBounds.fixed(request)
            let none = Array(repeating: 0, count: own.count)
            groups.append(
                Group(bounds: own, raised: none, lowered: none))
        }
        return e
    }

    /// Makes the design's columns of a unit's numbers, winsorised, in `row`.
    private mutating func take(
        _ unit: UnsafeBufferPointer<Double>, _ e: Int, _ arm: Int, _ request: UnitsRequest
    ) {
        for index in unit.indices { values[index] = unit[index] }
        for (index, bound) in request.bounds.enumerated() {
            let own = groups[e].bounds[index]
            if let lower = own.lower, values[bound.place] < lower {
                values[bound.place] = lower
                groups[e].raised[index] += 1
            } else if let upper = own.upper, values[bound.place] > upper {
                values[bound.place] = upper
                groups[e].lowered[index] += 1
            }
        }
        if !arms[arm].origins.isSettled { request.design.settle(&arms[arm].origins, by: values) }
        request.design.fill(&row, with: values, about: arms[arm].origins.values)
    }

    private mutating func addClusters() {
        guard request.cluster != nil else { return }
        for e in groups.indices {
            for (c, state) in groups[e].states.enumerated() where state.units > 0 {
                let start = c * row.count
                arms[state.arm].moments.add(Array(groups[e].sums[start..<start + row.count]))
            }
            groups[e].sums = []
        }
    }

    // MARK: What came out

    /// Each experiment's variants.
    var variants: some Sequence<(String, [String])> {
        groups.lazy.enumerated().map { [experiments] e, group in (experiments.names[e], group.variants.names) }
    }

    var sums: [ExperimentSums] {
        groups.enumerated().map { e, group in
            let origins = origins(of: group)
            return ExperimentSums(
                name: experiments.names[e], origins: origins,
                arms: group.arms.enumerated().map { v, place in
                    let arm = arms[place]
                    return ArmSums(
                        name: group.variants.names[v], assigned: arm.assigned, units: arm.units, moments: arm.moments,
                        shifts: zip(arm.origins.values, origins).map { $0 - $1 })
                })
        }
    }

    /// The control's origins, which all effects are differences from, or those of the first arm that has one. Each arm was
    /// summed about its own, so that an odd first unit costs no other arm its digits.
    private func origins(of group: Group) -> [Double] {
        let control = group.variants.known(request.rows.control)
        let places = (control.map { [group.arms[$0]] } ?? []) + group.arms
        return request.design.quantities.indices.map { q in
            places.lazy.compactMap { arms[$0].origins.known(q) }.first ?? 0
        }
    }

    var winsorised: [Winsorised] {
        groups.enumerated().flatMap { e, group in
            group.bounds.enumerated().map { index, values in
                Winsorised(
                    experiment: experiments.names[e], bound: index, values: values, raised: group.raised[index],
                    lowered: group.lowered[index])
            }
        }
    }
}
