import Diagnostics
import Digests
import Documents
package import Reports
import Results
package import Values

/// The results file: every number that the report prints and every series that a figure draws, at full precision.
package func resultsFile(of report: Report) -> Value {
    var results = Object()
    for result in report.results.results { results[result.id] = entry(result) }
    var file: Object = [
        "schema": 1,
        "analysis": .string(report.provenance.analysisPath),
        "sourceDigest": .string(report.provenance.sourceDigest),
        "seed": Value(Double(report.provenance.seed)),
        "params": .object(report.provenance.params),
    ]
    if let sample = report.results.sample { file["draft"] = ["sample": sample.value] }
    file["results"] = .object(results)
    file["numbers"] = .list(numbers(report))
    file["claims"] = .list(report.orderedClaims.map(claim))
    file["diagnostics"] = .list(report.diagnostics.map(diagnostic))
    return .object(file)
}

private func entry(_ result: DirectiveResult) -> Value {
    var entry: Object = [
        "directive": .string(result.directive),
        "line": Value(result.range.start.line),
        "digest": .string(result.digest),
        "inputs": Value(result.inputs),
    ]
    if !result.sources.isEmpty {
        entry["sources"] = .list(
            result.sources.map { ["path": .string($0.path), "bytes": Value($0.bytes), "sha256": .string($0.sha256)] })
    }
    if !result.queries.isEmpty { entry["queries"] = .list(result.queries.map(\.value)) }
    entry["values"] = result.values
    return .object(entry)
}

/// The numbers of the prose, then those of the tables, each in the order of the analysis.
private func numbers(_ report: Report) -> [Value] {
    let cells = report.orderedItems.flatMap { $0.table?.rows ?? [] }.flatMap(\.cells)
    let printed = cells.compactMap { cell -> ResolvedValue? in
        if case .number(let value, _, _) = cell { value } else { nil }
    }
    return (report.orderedValues + printed).map { number in
        let object: Object = [
            "path": .string(number.path.description), "text": .string(number.text), "value": number.value,
        ]
        return .object(object.placed(at: number.range))
    }
}

private func claim(_ claim: ResolvedClaim) -> Value {
    let object: Object = [
        "path": .string(claim.path.description), "text": .string(claim.text),
        "holds": claim.isJudged ? .boolean(claim.holds) : .null,
    ]
    return .object(object.placed(at: claim.range))
}

private func diagnostic(_ diagnostic: Diagnostic) -> Value {
    let object: Object = [
        "code": .string(diagnostic.code.description), "name": .string(diagnostic.code.name),
        "severity": .string(diagnostic.severity.rawValue), "message": .string(diagnostic.message),
    ]
    return .object(diagnostic.range.map { object.placed(at: $0) } ?? object)
}

extension Object {
    /// With the file, line and column of a place behind.
    fileprivate func placed(at range: SourceRange) -> Object {
        var object = self
        object["file"] = .string(range.file.path)
        object["line"] = Value(range.start.line)
        object["column"] = Value(range.start.column)
        return object
    }
}
