package import Diagnostics
import Documents
import Execution
import Markdown
package import Values
package import Workspace

/// What the program reads in an analysis and plans to do, as JSON for other programs.
///
/// Keys stand in a fixed order; a place is a file with a first line and column and those behind the last character.
package enum Inspection {
    /// What the paths name, parsed and planned.
    ///
    /// - Parameter results: Of the analyses that were computed, what their results files hold, by the analysis's path.
    package static func value(
        of paths: [String], results: [String: Value] = [:], in workspace: WorkspaceContext
    ) -> (value: Value, diagnostics: [Diagnostic]) {
        let (analyses, diagnostics) = PlannedAnalysis.read(paths, in: workspace)
        let objects = analyses.map { read -> Value in
            var object: Object = ["analysis": .string(read.analysis.shown)]
            describe(read.document, in: &object)
            object["plan"] = plan(read.plan, of: read.document)
            if let made = results[read.analysis.path] {
                for key in ["results", "numbers"] { object[key] = made[key] }
                object["checkedClaims"] = made["claims"]
            }
            return .object(object)
        }
        return (["schema": 1, "analyses": .list(objects)], diagnostics)
    }

    private static func describe(_ document: AnalysisDocument, in object: inout Object) {
        let matter = document.frontMatter
        object["title"] = .string(matter.title.source)
        object["seed"] = Value(Double(matter.seed))
        object["params"] = .object(matter.params)
        object["formats"] = Value(matter.formats.map(\.rawValue))
        object["includes"] = Value(document.includes.map(\.path))
        object["headings"] = .list(headings(in: document.body))
        object["directives"] = .list(document.directives.map(directive))
        object["values"] = .list(document.allValues.map(value))
        object["claims"] = .list(document.allClaims.map(claim))
    }

    // MARK: Parts

    private static func headings(in node: Node) -> [Value] {
        if case .heading(let level) = node.kind {
            return [
                ["level": Value(level), "text": .string(node.plainText), "place": place(node.range)]
            ]
        }
        return node.children.flatMap(headings)
    }

    private static func directive(_ directive: Directive) -> Value {
        [
            "id": .string(directive.id), "hasWrittenID": .boolean(directive.hasWrittenID),
            "word": .string(directive.word), "show": .string(directive.show.rawValue),
            "echo": .string(directive.echo.rawValue), "place": place(directive.range),
            "options": directive.options.value,
        ]
    }

    private static func value(_ value: InlineValue) -> Value {
        [
            "path": .string(value.path.description),
            "format": value.format.map { .string($0.description) } ?? .null, "place": place(value.range),
        ]
    }

    private static func claim(_ claim: Claim) -> Value {
        [
            "path": .string(claim.path.description), "text": .string(claim.text),
            "condition": condition(claim.condition), "place": place(claim.range),
        ]
    }

    private static func condition(_ condition: Claim.Condition) -> Value {
        let (kind, number): (String, Double?) =
            switch condition {
            case .rounds: ("rounds", nil)
            case .within(let number): ("within", number)
            case .withinRelative(let number): ("withinRelative", number)
            case .greater(let number): ("greater", number)
            case .less(let number): ("less", number)
            case .greaterOrEqual(let number): ("greaterOrEqual", number)
            case .lessOrEqual(let number): ("lessOrEqual", number)
            case .excludes(let number): ("excludes", number)
            case .includes(let number): ("includes", number)
            case .pBelow(let number): ("pBelow", number)
            case .pAbove(let number): ("pAbove", number)
            }
        return ["kind": .string(kind), "number": Value(number)]
    }

    private static func place(_ range: SourceRange) -> Value {
        func point(_ position: SourceLocation) -> Value {
            ["line": Value(position.line), "column": Value(position.column)]
        }
        return ["file": .string(range.file.path), "start": point(range.start), "end": point(range.end)]
    }

    private static func plan(_ plan: Plan, of document: AnalysisDocument) -> Value {
        let directives = document.directives
        return [
            "order": Value(plan.order.map { directives[$0].id }),
            "inputs": .object(Object(zip(directives, plan.inputs).map { ($0.id, Value($1)) })),
            "cannotRun": Value(directives.indices.filter { plan.broken.contains($0) }.map { directives[$0].id }),
        ]
    }
}
