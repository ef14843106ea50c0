import Datasets
import Documents
import Workspace

/// The units of an `effects` directive with layout `units`, as rows that can be read again and are never held whole.
struct UnitRows: Sendable {
    let frame: Frame
    /// nil where all rows are one experiment.
    let experiment: Int?
    let variant: Int
    /// The metrics' columns, in the order of the set's metrics.
    let columns: [Int]
    /// The name of the control variant.
    let control: String

    init(_ reader: inout EffectsReader) throws(StepFailure) {
        frame = reader.frame
        experiment = try reader.column(reader.context.options["experiment"])
        variant = try reader.required("variant")
        control = reader.context.options["control"]?.string ?? "control"
        var columns: [Int] = []
        for node in reader.context.options["metrics"]?.items ?? [] {
            if let index = try reader.column(node) { columns.append(index) }
        }
        self.columns = columns
    }

    /// Calls the body for every unit in the order of the data, with nil for one that lacks a metric.
    func forEach(
        in files: any FileSystem, _ body: (_ experiment: String, _ variant: String, _ unit: [Double]?) -> Void
    ) throws(DataFault) {
        var unit = [Double](repeating: 0, count: columns.count)
        try frame.forEachRow(in: files) { (row) throws(DataFault) in
            var experimentName = "1"
            if let experiment {
                guard let text = try row.text(experiment) else {
                    throw row.fault(experiment, "Every row names its experiment")
                }
                experimentName = text
            }
            guard let variantName = try row.text(variant) else {
                throw row.fault(variant, "Every row names its variant")
            }
            for (index, column) in columns.enumerated() {
                guard let number = try row.number(column) else {
                    body(experimentName, variantName, nil)
                    return
                }
                unit[index] = number
            }
            body(experimentName, variantName, unit)
        }
    }
}
