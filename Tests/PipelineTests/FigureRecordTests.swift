import Pipeline
import PresentationSupport
import Results
import TestSupport
import Testing
import Values
import Workspace

@testable import Execution

/// Figures as the cache keeps them.
@Suite struct FigureRecordTests {
    private func text(_ value: Any) -> String {
        var text = ""
        dump(value, to: &text)
        return text
    }

    @Test(arguments: SampleFigures.all.map(\.name))
    func figuresReadBackTheSame(name: String) throws {
        let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
        let kept = try #require(Value(binary: figure.record.binary))
        #expect(text(try #require(FigureModel(record: kept))) == text(figure))
    }

    /// What no sample has: open ends, a negative zero, what is not a number, and every part that may be absent.
    @Test func numbersToTheBit() throws {
        let series = FigureModel.Series(name: "a", label: "A", isMuted: true)
        let point = FigureModel.Point(
            x: -0.0, y: .nan, xInterval: -(.infinity)...1, yInterval: nil, label: "é", callout: "c")
        let figure = FigureModel(
            kind: "free",
            panels: [
                .init(
                    title: nil,
                    x: .init("x", scale: .log, format: ".1%", domain: 1...2, null: 0, isReversed: true),
                    y: .init(
                        "y", scale: .category, categories: [.init(label: "l", annotations: ["1", "2"], group: "g")],
                        headings: ["h"]),
                    marks: [
                        .points([point], series), .hollow([point], series),
                        .cloud(x: [], y: [0x1p-1074], series), .line(x: [.infinity], y: [1], series),
                        .trace(x: [1, 2], y: [3, 4], series), .bars(edges: [0, 1], heights: [5], series),
                        .slope(slope: 0.1, intercept: -.infinity, series),
                        .ribbon(x: [1], lower: [0], upper: [2], level: 0.66, series),
                        .density(x: [1], y: [2], median: nil, interval: 0...1, inner: nil, series),
                        .intervals(
                            [
                                .init(
                                    row: 1, estimate: 2, outer: (-.infinity, .infinity), inner: (1, 3), weight: 0.5,
                                    label: "i"),
                                .init(row: 0, estimate: 2, outer: (1, 3)),
                            ], series), .diamond(row: 3, estimate: 0, lower: -1, upper: 1, series),
                        .ruleX(1, label: "r", series), .ruleY(.nan, label: "", series),
                        .ellipse(
                            .init(centre: (1, 2), major: (3, 4), minor: (-0.0, 5), level: 0.95, isRepaired: true),
                            series),
                        .cells(
                            [.init(column: 0, row: 1, value: 2, text: "t", label: "l")],
                            .init("s", format: ".2f", domain: 0...1, middle: 0.5)),
                    ], isSquare: true)
            ], columns: 3, compactColumns: 2, prefersKey: true, summary: "s")
        let kept = try #require(Value(binary: figure.record.binary))
        #expect(text(try #require(FigureModel(record: kept))) == text(figure))
    }

    /// A part that a figure gains must be kept too; this fails until `FigureRecord.swift` and this list have it.
    @Test func allPartsAreKnown() {
        func parts(_ value: Any) -> [String] { Mirror(reflecting: value).children.compactMap(\.label) }
        let axis = FigureModel.Axis("x")
        #expect(
            parts(FigureModel(kind: "", panels: [], summary: ""))
                == ["kind", "panels", "columns", "compactColumns", "prefersKey", "summary"])
        #expect(
            parts(FigureModel.Panel(x: axis, y: axis, marks: []))
                == ["title", "x", "y", "marks", "isSquare", "colours", "sizes"])
        #expect(
            parts(axis) == [
                "title", "scale", "format", "domain", "null", "isReversed", "categories", "headings", "threshold",
                "isFree",
            ])
        #expect(parts(FigureModel.Category(label: "")) == ["label", "annotations", "group"])
        #expect(parts(FigureModel.Series(name: "")) == ["name", "label", "isMuted"])
        #expect(
            parts(FigureModel.Point(x: 0, y: 0)) == [
                "x", "y", "xInterval", "yInterval", "label", "callout", "size", "value",
            ])
        #expect(
            parts(FigureModel.Interval(row: 0, estimate: 0, outer: (0, 0)))
                == ["row", "estimate", "outer", "inner", "weight", "label"])
        #expect(
            parts(FigureModel.Ellipse(major: (1, 0), minor: (0, 1), level: 0.5))
                == ["centre", "major", "minor", "level", "isRepaired"])
        #expect(
            parts(FigureModel.Cell(column: 0, row: 0, value: 0, text: "")) == [
                "column", "row", "value", "text", "label",
            ])
        #expect(
            parts(FigureModel.Span(at: 0, lower: 0, upper: 0)) == [
                "at", "lower", "upper", "estimate", "inner", "label",
            ])
        #expect(parts(FigureModel.SizeScale("", largest: 1)) == ["title", "largest"])
        // The same of what else a directive makes, in `StepRecord.swift`.
        #expect(
            parts(StepOutput(.null)) == ["values", "artifact", "sources", "queries", "table", "figure", "assumptions"])
        #expect(
            parts(TableModel(columns: [], rows: [])) == ["columns", "rows", "footnotes", "spanners", "stub"])
        #expect(parts(TableModel.Column("")) == ["title", "alignment", "unit", "bar", "notes"])
        #expect(
            parts(TableModel.Row([])) == [
                "cells", "isEmphasised", "beginsGroup", "groupTitle", "emphasised", "notes",
            ])
        #expect(parts(FigureModel.ColourScale("", domain: 0...1)) == ["title", "format", "domain", "middle"])
    }

    /// Records that are damaged, or of another make, do not read; nothing stops the program.
    @Test func otherRecordsDoNotRead() {
        let record = SampleFigures.forest.record
        #expect(FigureModel(record: .null) == nil && FigureModel(record: []) == nil)
        for (index, item) in (record.list ?? []).enumerated() {
            var items = record.list ?? []
            items[index] = item.list == nil ? ["other"] : "other"
            #expect(FigureModel(record: .list(items)) == nil, "part \(index)")
        }
    }

    /// Directives that compute and draw at once come from the cache whole.
    @Test func directivesThatDrawAreKept() throws {
        let both = ReferenceAnalyses.proxies
            .replacing("id: slope\n", with: "id: slope\nshow: both\n").replacing(
                "id: rules\n", with: "id: rules\nshow: both\n")
        let project = ReferenceAnalyses.project(
            both + "\n```meta-analysis\nid: pooled\neffects: lifts\nmetric: clicks\nshow: both\n```\n")
        let outputs = { ["html", "md", "json"].map { project.text("output/a.\($0)") } }
        let first = try #require(project.build(cached: true))
        #expect(first.succeeded, "\(first.diagnostics.summary)")
        for id in ["slope", "rules", "pooled"] {
            #expect(project.text("output/a_files/\(id).svg") != nil, "\(project.files.paths)")
        }
        let cold = outputs()
        try project.removeOutputs()
        let second = try #require(project.build(cached: true))
        #expect(!second.isUnchanged && second.explanations.filter { !$0.isReused }.map(\.text) == [])
        #expect(outputs() == cold)
    }
}
