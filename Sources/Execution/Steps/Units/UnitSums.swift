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
        var arms: [ArmState] = []
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
    private(set) var faults = UnitFaults()
    private(set) var leftOut = 0
    /// Numbers of covariates that were missing and filled.
    private(set) var filled = 0
    private var row: [Double]
    private var values: [Double] = []
    var names = UnitNames()

    init(_ request: UnitsRequest, bounds: [String: [UnitBound.Values]]) {
        self.request = request
        self.bounds = bounds
        row = Array(repeating: 0, count: request.design.width)
    }

    mutating func read(in files: any FileSystem) throws(DataFault) {
        let request = request
        try request.rows.forEachRow(in: files) { (source, experiment, variant, unit, filled) throws(DataFault) in
            let e = place(of: experiment)
            let v = groups[e].variants.place(of: variant)
            if v == groups[e].arms.count {
                groups[e].arms.append(
                    ArmState(
                        origins: request.design.startingOrigins, moments: MomentAccumulator(metrics: row.count)))
            }
            if let column = request.unit {
                guard let name = try source.text(column) else {
                    throw source.fault(column, "Every row names its unit")
                }
                names.add(name, of: experiment)
            }
            let isUsed = take(source, unit, filled, e, v)
            if isUsed { groups[e].arms[v].units += 1 }
            guard let column = request.cluster else {
                groups[e].arms[v].assigned += 1
                if isUsed { groups[e].arms[v].moments.add(row) }
                return
            }
            guard let name = try source.text(column) else {
                throw source.fault(column, "Every row names its cluster")
            }
            let c = groups[e].clusters.place(of: name)
            if c == groups[e].states.count {
                groups[e].states.append(Cluster(arm: v))
                groups[e].sums.append(contentsOf: repeatElement(0, count: row.count))
                groups[e].arms[v].assigned += 1
            } else if groups[e].states[c].arm != v {
                faults.split(name, of: experiment, at: source.place)
            }
            guard isUsed else { return }
            groups[e].states[c].units += 1
            for index in row.indices { groups[e].sums[c * row.count + index] += row[index] }
        }
        addClusters()
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

    /// Makes the design's columns of a unit's numbers, winsorised, in `row`; false for a unit that is left out.
    private mutating func take(_ source: Row, _ unit: [Double]?, _ filled: Int, _ e: Int, _ v: Int) -> Bool {
        guard let unit else {
            leftOut += 1
            return false
        }
        if let weight = request.design.weight, unit[weight] < 0 {
            faults.negativeWeight(at: source.place)
            return false
        }
        self.filled += filled
        values.removeAll(keepingCapacity: true)
        values.append(contentsOf: unit)
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
        if !groups[e].arms[v].origins.isSettled { request.design.settle(&groups[e].arms[v].origins, by: values) }
        request.design.fill(&row, with: values, about: groups[e].arms[v].origins.values)
        return true
    }

    private mutating func addClusters() {
        guard request.cluster != nil else { return }
        for e in groups.indices {
            for (c, state) in groups[e].states.enumerated() where state.units > 0 {
                let start = c * row.count
                groups[e].arms[state.arm].moments.add(Array(groups[e].sums[start..<start + row.count]))
            }
            groups[e].sums = []
        }
    }

    // MARK: What came out

    var sums: [ExperimentSums] {
        groups.enumerated().map { e, group in
            let origins = origins(of: group)
            return ExperimentSums(
                name: experiments.names[e], origins: origins,
                arms: group.arms.enumerated().map { v, arm in
                    ArmSums(
                        name: group.variants.names[v], assigned: arm.assigned, units: arm.units, moments: arm.moments,
                        shifts: zip(arm.origins.values, origins).map { $0 - $1 })
                })
        }
    }

    /// The control's origins, which all effects are differences from, or those of the first arm that has one. Each arm was
    /// summed about its own, so that an odd first unit costs no other arm its digits.
    private func origins(of group: Group) -> [Double] {
        let control = group.variants.known(request.rows.control)
        let arms = (control.map { [group.arms[$0]] } ?? []) + group.arms
        return request.design.quantities.indices.map { q in arms.lazy.compactMap { $0.origins.known(q) }.first ?? 0 }
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
