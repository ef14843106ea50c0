import Documents
import Results
import Values

extension Report {
    /// Where a value comes from, in a few lines: its directive and method, its full precision, its inputs and the
    /// digests of the data behind it.
    package func lineage(of value: ResolvedValue) -> String {
        var lines: [String] = []
        let root = value.path.root
        if let item = items[root] {
            var first = "\(item.directive.word) \(root) · line \(item.line)"
            if let method = item.result?.values["method"]?.string { first += " · \(method)" }
            lines.append(first)
        } else if root == "params" {
            lines.append("a parameter of the analysis")
        } else if root == "meta" {
            lines.append("front matter")
        }
        let tail = value.path.tail.components.isEmpty ? root : value.path.tail.description
        if let number = value.value.number {
            lines.append("\(tail) = \(Value.ecmaScript(number))")
        } else {
            lines.append(tail)
        }
        let inputs = ancestors(of: root)
        if !inputs.isEmpty { lines.append("from " + inputs.joined(separator: ", ")) }
        // Two directives may read one file.
        for source in inputs.flatMap({ items[$0]?.result?.sources ?? [] }) + (items[root]?.result?.sources ?? []) {
            let line = "\(source.path) · sha256 \(source.sha256.prefix(12))"
            if !lines.contains(line) { lines.append(line) }
        }
        return lines.joined(separator: "\n")
    }

    /// The directives that one rests on, nearest first.
    package func ancestors(of id: String) -> [String] {
        var found: [String] = []
        var queue = items[id]?.result?.inputs ?? []
        while !queue.isEmpty {
            let next = queue.removeFirst()
            guard next != id, !found.contains(next) else { continue }
            found.append(next)
            queue += items[next]?.result?.inputs ?? []
        }
        return found
    }
}
