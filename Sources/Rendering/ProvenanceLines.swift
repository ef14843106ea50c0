import Digests
import Reports
import Results
import Values

/// What the provenance of a report says, line by line; the same in every format.
func provenanceLines(_ report: Report) -> [(name: String, texts: [String])] {
    let provenance = report.provenance
    var lines: [(String, [String])] = [
        ("Analysis", ["\(provenance.analysisPath) · sha256 \(provenance.sourceDigest)"])
    ]
    if !provenance.includes.isEmpty {
        lines.append(("Includes", provenance.includes.map { "\($0.path) · sha256 \($0.sha256)" }))
    }
    if !provenance.sources.isEmpty {
        lines.append(
            ("Data", provenance.sources.map { "\($0.path) · \(byteCount($0.bytes)) · sha256 \($0.sha256)" }))
    }
    if !provenance.queries.isEmpty {
        lines.append(
            (
                "Queries",
                provenance.queries.map { query in
                    let rows = query.rows == 1 ? "1 row" : "\(query.rows) rows"
                    return
                        "\(query.engine) \(query.version) · sql sha256 \(sha256(query.sql.utf8).prefix(12)) · \(rows) · sha256 "
                        + "\(query.sha256) · \(query.pin.map { "pinned by \($0)" } ?? "not pinned")"
                }
            ))
    }
    if !provenance.params.isEmpty {
        lines.append(("Parameters", provenance.params.map { "\($0.key) = \($0.value.canonicalJSON)" }))
    }
    lines.append(("Results", ["sha256 \(provenance.resultsDigest) · seed \(provenance.seed)"]))
    let claims = report.claims.count
    if let sample = report.results.sample {
        lines.append(("Draft", ["\(sample.words) · not in the audit trail"]))
        if claims > 0 { lines.append(("Claims", ["\(claims) not judged in a draft"])) }
    } else if claims > 0 {
        let broken = report.claims.values.filter { !$0.holds }.count
        let verdict = broken == 0 ? (claims == 1 ? "it holds" : "all hold") : "\(broken) no longer hold"
        lines.append(("Claims", ["\(claims) checked, \(verdict)"]))
    }
    if !provenance.bibliography.isEmpty {
        lines.append(("Bibliography", provenance.bibliography.map { "\($0.path) · sha256 \($0.sha256)" }))
    }
    if let typesetter = provenance.typesetter { lines.append(("Formulas", [typesetter])) }
    lines.append(("Made by", ["report \(provenance.toolVersion)"]))
    return lines
}

/// "812 bytes", "41 kB", "2.7 MB": powers of a thousand, two digits or whole numbers.
package func byteCount(_ bytes: Int) -> String {
    guard bytes >= 1000 else { return bytes == 1 ? "1 byte" : "\(bytes) bytes" }
    var tenths = bytes / 100
    for unit in ["kB", "MB", "GB"] {
        if tenths < 100 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
        if tenths < 10_000 || unit == "GB" { return "\(tenths / 10) \(unit)" }
        tenths /= 1000
    }
    return "\(bytes) bytes"
}
