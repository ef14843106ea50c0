import Diagnostics
import Documents
import Results
import Values

/// One item of `marks`: what is drawn, and of which rows.
struct FreeLayer {
    /// The mark's word.
    let word: String
    let node: OptionNode
    let rows: [Value]

    init(_ node: OptionNode, _ context: inout StepContext) throws(StepFailure) {
        self.node = node
        word = node["mark"]?.string ?? ""
        rows = try FreeRows.rows(of: node, &context)
    }

    private init(_ layer: FreeLayer, rows: [Value]) {
        word = layer.word
        node = layer.node
        self.rows = rows
    }

    func with(_ rows: [Value]) -> FreeLayer { FreeLayer(self, rows: rows) }

    /// The path of a channel; nil where it is not written.
    func path(_ channel: String, _ context: inout StepContext) throws(StepFailure) -> ResultPath? {
        guard let node = node[channel] else { return nil }
        return try path(node, &context)
    }

    /// A path that some row has.
    func path(_ node: OptionNode, _ context: inout StepContext) throws(StepFailure) -> ResultPath {
        let text = node.string ?? ""
        // The heading of a table is a name, whatever stands in it.
        let plain = ResultPath([.name(text)])
        if rows.contains(where: { $0[plain] != nil }) { return plain }
        if let path = ResultPath(parsing: text), rows.contains(where: { $0[path] != nil }) { return path }
        let known = FreeRows.keys(of: rows)
        let near = nearestWord(to: text, among: known)
        throw context.fail(
            .error(
                .badFigure, "No row has the key \(text)", at: node.range,
                notes: [
                    .init("rows have: " + known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : ""))
                ],
                fixIts: near.map { [.init("write '\($0)'", replacing: node.range, with: $0)] } ?? []))
    }

    /// A channel that the mark cannot do without.
    func required(_ channel: String, _ context: inout StepContext) throws(StepFailure) -> ResultPath {
        guard let path = try path(channel, &context) else {
            throw context.fail(.error(.badFigure, "The mark '\(word)' needs '\(channel)'", at: node.range))
        }
        return path
    }
}

extension ResultPath {
    /// What the path is of, for a title: `effects.clicks.estimate` is of clicks.
    var subject: String {
        let names = components.compactMap { if case .name(let name) = $0 { name } else { nil } }
        return names.last { !["estimate", "median", "value"].contains($0) } ?? names.last ?? ""
    }

    /// The subject with a capital, for an axis.
    var title: String {
        let text = EstimatorNames.short(subject)
        return text.prefix(1).uppercased() + text.dropFirst()
    }
}
