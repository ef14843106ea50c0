import Datasets
import Diagnostics
import Documents
import Values

/// The rows of a frame by experiment, variant and metric, one kept for each: the layouts `arms`, `pairs` and
/// `estimates` differ only in what they keep of a row.
struct RowGroups<Cell> {
    private struct Slot {
        var checkpoint: Double?
        var cell: Cell
    }

    private let experimentColumn: Int?
    private let variantColumn: Int?
    private let metricColumn: Int?
    private let checkpoint: Checkpoint
    /// The metrics asked for; nil for all.
    private let wanted: [String]?
    /// The metric's name where no column names it.
    private let single: String
    /// Without an `experiment` column: whether every row is an experiment of its own, or all rows are one.
    private let rowsAreExperiments: Bool
    private(set) var metrics: NameTable
    private(set) var experiments = NameTable()
    private(set) var variants: [NameTable] = []
    private var slots: [[[Slot?]]] = []
    /// By place, the first row that stands where another stood, at the last checkpoint as far as was read.
    private var doubled: [Place: (order: Int, fault: DataFault)] = [:]
    private var doubles = 0

    private struct Place: Hashable {
        var experiment: Int
        var variant: Int
        var metric: Int
    }

    init(
        _ reader: inout EffectsReader, metrics wanted: [String]?, single: String, rowsAreExperiments: Bool = false
    ) throws(StepFailure) {
        self.rowsAreExperiments = rowsAreExperiments
        experimentColumn = try reader.column(reader.context.options["experiment"])
        variantColumn = try reader.column(reader.context.options["variant"])
        metricColumn = try reader.column(reader.context.options["metric"])
        checkpoint = try Checkpoint(&reader)
        self.wanted = wanted
        self.single = wanted?.first ?? single
        metrics = NameTable(wanted ?? [])
    }

    /// Files a row. Of two rows of one arm and metric the later checkpoint stays; without checkpoints that is a fault,
    /// told once after the pass.
    mutating func insert(_ row: Row, _ make: (Row) throws(DataFault) -> Cell) throws(DataFault) {
        guard try checkpoint.keeps(row) else { return }
        var metric = single
        if let metricColumn {
            guard let text = try row.text(metricColumn) else {
                throw row.fault(metricColumn, "Every row names its metric")
            }
            metric = text
        }
        if let wanted, !wanted.contains(metric) { return }
        var experiment = rowsAreExperiments ? String(experiments.names.count + 1) : "1"
        if let experimentColumn {
            guard let text = try row.text(experimentColumn) else {
                throw row.fault(experimentColumn, "Every row names its experiment")
            }
            experiment = text
        }
        let e = experiments.place(of: experiment)
        if e == variants.count {
            variants.append(NameTable())
            slots.append([])
        }
        var variant = "1"
        if let variantColumn {
            guard let text = try row.text(variantColumn) else {
                throw row.fault(variantColumn, "Every row names its variant")
            }
            variant = text
        }
        let v = variants[e].place(of: variant)
        if v == slots[e].count { slots[e].append([]) }
        let m = metrics.place(of: metric)
        while slots[e][v].count <= m { slots[e][v].append(nil) }
        let position = try checkpoint.position(row)
        if let old = slots[e][v][m] {
            let place = Place(experiment: e, variant: v, metric: m)
            guard let new = position, let last = old.checkpoint, new != last else {
                if doubled[place] == nil {
                    doubles += 1
                    let message = "Each arm and metric has one row, and \(experiment), variant \(variant) has two"
                    doubled[place] = (doubles, row.fault(nil, message))
                }
                return
            }
            if new < last { return }
            // Rows that a later one replaces tell nothing, whether one or two.
            if !doubled.isEmpty { doubled[place] = nil }
        }
        slots[e][v][m] = Slot(checkpoint: position, cell: try make(row))
    }

    /// The cell of an arm and metric; nil where no row tells it.
    func cell(_ experiment: Int, _ variant: Int, _ metric: Int) -> Cell? {
        metric < slots[experiment][variant].count ? slots[experiment][variant][metric]?.cell : nil
    }

    /// The cell of an arm by its names, where there is one metric.
    func cell(_ experiment: String, _ variant: String) -> Cell? {
        guard let e = experiments.known(experiment), let v = variants[e].known(variant) else { return nil }
        return cell(e, v, 0)
    }

    /// Fails where rows were doubled.
    func requireSingleRows(_ reader: inout EffectsReader) throws(StepFailure) {
        guard let doubled = doubled.values.min(by: { $0.order < $1.order })?.fault else { return }
        throw reader.fail(
            .error(
                .unclearEffects, doubled.message, at: reader.context.range(of: "data"),
                notes: [
                    .init("at \(doubled.place)"),
                    .init("`at: {last: column}` or `at: {equals: {column: value}}` picks one of several checkpoints"),
                ]))
    }
}

/// Which of several rows of one arm counts: `at: {last: column}` or `at: {equals: {column: value}}`.
struct Checkpoint {
    private var last: Int?
    private var equals: [(column: Int, text: String, number: Double?)] = []

    init(_ reader: inout EffectsReader) throws(StepFailure) {
        guard let at = reader.context.options["at"] else { return }
        last = try reader.column(at["last"])
        for entry in at["equals"]?.entries ?? [] {
            let name = OptionNode(.scalar(.init(text: entry.key, value: .string(entry.key))), range: entry.keyRange)
            guard let column = try reader.column(name) else { continue }
            equals.append((column, entry.value.string ?? "", entry.value.number))
        }
    }

    func keeps(_ row: Row) throws(DataFault) -> Bool {
        for condition in equals {
            if let number = condition.number {
                if try row.number(condition.column) != number { return false }
            } else if try row.text(condition.column) != condition.text {
                return false
            }
        }
        return true
    }

    /// The row's place among checkpoints; nil where none is asked for.
    func position(_ row: Row) throws(DataFault) -> Double? {
        guard let last else { return nil }
        guard let number = try row.number(last) else { throw row.fault(last, "Every row tells its checkpoint") }
        return number
    }
}

/// Names in the order in which they first came, with their places.
struct NameTable: Sendable {
    private(set) var names: [String] = []
    /// Empty while there are few names: there are tables of very many experiments' arms.
    private var places: [String: Int] = [:]
    private static let few = 8

    init(_ names: [String] = []) { for name in names { _ = place(of: name) } }

    /// The place of a name, a new one where it is new.
    mutating func place(of name: String) -> Int {
        if let place = known(name) { return place }
        names.append(name)
        if names.count > NameTable.few {
            if places.isEmpty { for (place, name) in names.enumerated() { places[name] = place } }
            places[name] = names.count - 1
        }
        return names.count - 1
    }

    func known(_ name: String) -> Int? { places.isEmpty ? names.firstIndex(of: name) : places[name] }
}
