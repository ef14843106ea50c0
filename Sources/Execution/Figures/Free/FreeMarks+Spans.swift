import Diagnostics
import Documents
import Results
import Values

/// Bars and intervals: from one value to another.
extension FreeMarks {
    /// Along y, unless y has names to stand at.
    private var direction: FigureModel.Direction { y.scale == .category && x.scale != .category ? .x : .y }

    func bars(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let (along, across) = direction == .x ? (x, y) : (y, x)
        let value = try layer.required(direction == .x ? "x" : "y", &context)
        let place = try layer.required(direction == .x ? "y" : "x", &context)
        guard along.scale != .category else {
            throw context.fail(.error(.badFigure, "A bar has a length, a number along x or y", at: layer.node.range))
        }
        let start = try layer.path("lower", &context)
        if along.scale == .log, start == nil { throw context.fail(FreeMarks.noZero("A bar", layer)) }
        let isStacked = layer.node["stack"]?.boolean ?? false
        var above: [Double: Double] = [:]
        var below: [Double: Double] = [:]
        var marks: [FigureModel.Mark] = []
        for group in try groups(layer, &context) {
            var spans: [FigureModel.Span] = []
            for row in group.rows {
                guard let at = across.position(row[place]), let end = along.position(row[value]) else { continue }
                var foot = start.flatMap { along.position(row[$0]) } ?? 0
                var top = end
                if isStacked {
                    foot = (end < 0 ? below[at] : above[at]) ?? 0
                    top = foot + end
                    if end < 0 { below[at] = top } else { above[at] = top }
                }
                let (lower, upper) = (min(foot, top), max(foot, top))
                spans.append(.init(at: at, lower: lower, upper: upper, label: try label(layer, row, &context)))
            }
            try checkUnique(layer, spans.map(\.at), across, group.series, &context)
            if !spans.isEmpty { marks.append(.bar(spans, direction, isStacked: isStacked, group.series)) }
        }
        return marks
    }

    func intervals(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let across = direction == .x ? y : x
        let along = direction == .x ? "x" : "y"
        let place = try layer.required(direction == .x ? "y" : "x", &context)
        if layer.node["lower"] == nil || layer.node["upper"] == nil { _ = try layer.required(along, &context) }
        var marks: [FigureModel.Mark] = []
        for group in try groups(layer, &context) {
            var spans: [FigureModel.Span] = []
            for row in group.rows {
                guard let at = across.position(row[place]), var span = try span(layer, row, along: along, &context)
                else { continue }
                // A row without the number is not drawn, as anywhere else.
                if layer.node[along] != nil, span.estimate == nil { continue }
                span.at = at
                span.label = try label(layer, row, &context)
                spans.append(span)
            }
            guard !spans.isEmpty else { continue }
            // On rows estimates have their own mark, which many rows share with forests.
            if direction == .x, spans.allSatisfy({ $0.estimate != nil }) {
                marks.append(
                    .intervals(
                        spans.map { span in
                            .init(
                                row: Int(span.at), estimate: span.estimate ?? 0, outer: (span.lower, span.upper),
                                inner: span.inner.map { ($0.lowerBound, $0.upperBound) }, label: span.label)
                        }, group.series))
            } else {
                marks.append(.spans(spans, direction, group.series))
            }
        }
        guard !marks.isEmpty else {
            throw context.fail(
                .error(
                    .badFigure, "An interval needs 'lower' and 'upper', 'se', or results that have an interval",
                    at: layer.node.range,
                    notes: [.init("rows have: " + FreeRows.keys(of: layer.rows).prefix(20).joined(separator: ", "))]))
        }
        return marks
    }

    /// A row's interval: as written, else of the result, else of its standard error under a normal distribution.
    func span(
        _ layer: FreeLayer, _ row: Value, along channel: String, _ context: inout StepContext
    ) throws(StepFailure) -> FigureModel.Span? {
        let value = try layer.path(channel, &context).flatMap { row[$0] }
        let estimate = value?.estimate
        let lower = try layer.path("lower", &context).map { row[$0]?.number ?? -.infinity }
        let upper = try layer.path("upper", &context).map { row[$0]?.number ?? .infinity }
        let se = try layer.path("se", &context).flatMap { row[$0]?.number } ?? value?["se"]?.number
        var ends = value?.intervalEnds
        if ends == nil, let se, let estimate {
            ends = (estimate - ForestRow.most * se, estimate + ForestRow.most * se)
        }
        if let lower, let upper { ends = (lower, upper) }
        guard let ends, ends.lower <= ends.upper, ends.lower.isFinite || ends.upper.isFinite else { return nil }
        var inner: ClosedRange<Double>?
        if let a = try layer.path("inner-lower", &context).flatMap({ row[$0]?.number }),
            let b = try layer.path("inner-upper", &context).flatMap({ row[$0]?.number }), a <= b
        {
            inner = a...b
        } else if let se, let estimate, se >= 0 {
            inner = (estimate - ForestRow.twoThirds * se)...(estimate + ForestRow.twoThirds * se)
        }
        return .init(at: 0, lower: ends.lower, upper: ends.upper, estimate: estimate, inner: inner)
    }
}
