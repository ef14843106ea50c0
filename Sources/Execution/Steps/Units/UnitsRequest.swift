import Datasets
import Diagnostics
import Documents
import Estimation

/// What an `effects` directive asks of its units.
struct UnitsRequest: Sendable {
    let rows: UnitRows
    let design: UnitDesign
    let bounds: [UnitBound]
    let allocation: Allocation
    let alike: AlikeExperiments
    /// The columns that name the cluster and the unit.
    let cluster: Int?
    let unit: Int?

    /// Whether metrics are plain means of columns as they are, so that units themselves can be dealt to folds.
    var isPlain: Bool { design.isPlain && bounds.isEmpty }

    /// - Throws: once, after all faults of the options were told.
    init(_ reader: inout EffectsReader) throws(StepFailure) {
        let options = reader.context.options
        var columns = UnitColumns(ratios: options["ratios"])
        let experiment = columns.place(options["experiment"], &reader)
        let variant = columns.place(options["variant"], &reader)
        let metrics = (options["metrics"]?.items ?? []).compactMap { columns.quantity($0, &reader) }
        var covariates: [UnitDesign.Quantity] = []
        let adjustments = UnitsRequest.covariates(options, &covariates, &columns, &reader)
        let weight = columns.number(options["weight"], &reader)
        let fill = options["missing-covariate"]?.number
        // Only what nothing but covariates uses can be filled.
        let others = Set(metrics.flatMap { [$0.numerator, $0.denominator] } + [weight])
        var bounds: [UnitBound] = []
        for entry in options["winsorise"]?.entries ?? [] {
            if let bound = UnitBound(entry, among: columns, &reader) { bounds.append(bound) }
        }
        cluster = columns.place(options["cluster"], &reader)
        let named = columns.place(options["unit"], &reader)
        // A unit that is its own cluster is an error of the options, told there.
        unit = named == cluster ? nil : named
        allocation = Allocation(options["allocation"])
        alike = AlikeExperiments(options["aa"])
        guard !columns.hasFaults, let variant else {
            if options["variant"] == nil { _ = try reader.required("variant") }
            throw StepFailure()
        }
        design = UnitDesign(
            metrics: metrics, covariates: covariates, adjustments: adjustments, weight: weight,
            isClustered: cluster != nil)
        self.bounds = bounds
        rows = UnitRows(
            frame: reader.frame, experiment: experiment, variant: variant, columns: columns.indices,
            fills: fill == nil ? [] : columns.indices.indices.map { others.contains($0) ? nil : fill },
            control: options["control"]?.string ?? "control")
    }

    /// The covariates, and which of them each metric has.
    private static func covariates(
        _ options: OptionNode, _ covariates: inout [UnitDesign.Quantity], _ columns: inout UnitColumns,
        _ reader: inout EffectsReader
    ) -> [[Int]] {
        let metrics = options["metrics"]?.strings ?? []
        guard let node = options["covariates"] else { return metrics.map { _ in [] } }
        var places: [String: Int] = [:]
        func take(_ items: [OptionNode]) -> [Int] {
            var chosen: [Int] = []
            for item in items {
                guard let name = item.string else { continue }
                if let place = places[name] {
                    chosen.append(place)
                } else if let quantity = columns.quantity(item, &reader) {
                    places[name] = covariates.count
                    chosen.append(covariates.count)
                    covariates.append(quantity)
                }
            }
            return chosen
        }
        if node.entries.isEmpty {
            let all = take(node.items)
            return metrics.map { _ in all }
        }
        return metrics.map { metric in node[metric].map { take($0.items) } ?? [] }
    }
}

/// The columns that options name, each once.
struct UnitColumns {
    private let ratios: OptionNode?
    /// In the frame.
    private(set) var indices: [Int] = []
    private(set) var names: [String] = []
    private(set) var hasFaults = false

    init(ratios: OptionNode?) { self.ratios = ratios }

    /// Where a column of the frame stands; nil where no option names one.
    mutating func place(_ node: OptionNode?, _ reader: inout EffectsReader) -> Int? {
        do throws(StepFailure) {
            return try reader.column(node)
        } catch {
            hasFaults = true
            return nil
        }
    }

    /// Where a column's numbers stand among a unit's values.
    mutating func number(_ node: OptionNode?, _ reader: inout EffectsReader) -> Int? {
        guard let name = node?.string, let index = place(node, &reader) else { return nil }
        if let known = indices.firstIndex(of: index) { return known }
        indices.append(index)
        names.append(name)
        return indices.count - 1
    }

    /// A metric or covariate: one of the ratios or a column.
    mutating func quantity(_ node: OptionNode, _ reader: inout EffectsReader) -> UnitDesign.Quantity? {
        guard let name = node.string else { return nil }
        guard let ratio = ratios?[name] else {
            return number(node, &reader).map { UnitDesign.Quantity(name, numerator: $0) }
        }
        let (numerator, denominator) = (
            number(ratio["numerator"], &reader), number(ratio["denominator"], &reader)
        )
        guard let numerator, let denominator else { return nil }
        return UnitDesign.Quantity(name, numerator: numerator, denominator: denominator)
    }

    /// Notes that a fault was told.
    mutating func fail() { hasFaults = true }
}
