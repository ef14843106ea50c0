package import Diagnostics
package import Documents

/// In which order an analysis's directives run: each after those that it names.
package struct Plan: Sendable {
    /// Indices into the document's directives. What stands in a cycle, or names nothing, is not in it.
    package private(set) var order: [Int] = []
    /// For each directive, the ids it names, in the order of the document: in which order it names them says nothing.
    package private(set) var inputs: [[String]]
    /// For each directive, the directives behind those ids.
    package private(set) var targets: [[Int]] = []
    /// Directives that cannot run, because of themselves or of something that they need.
    package private(set) var broken: Set<Int> = []

    /// Plans a document. Diagnoses references to nothing, to the wrong kind of directive, and cycles.
    package init(_ document: AnalysisDocument, diagnostics: inout [Diagnostic]) {
        let directives = document.directives
        var index: [String: Int] = [:]
        for (position, directive) in directives.enumerated() where index[directive.id] == nil {
            index[directive.id] = position
        }
        inputs = []
        for (position, directive) in directives.enumerated() {
            var targets: Set<Int> = []
            for dependency in directive.needs {
                guard let target = index[dependency.id] else {
                    diagnostics.append(Plan.unknown(dependency, in: directives))
                    broken.insert(position)
                    continue
                }
                if let words = dependency.words, !words.contains(directives[target].word) {
                    diagnostics.append(Plan.wrongKind(dependency, words, of: directive, directives[target]))
                    broken.insert(position)
                    continue
                }
                targets.insert(target)
            }
            self.targets.append(targets.sorted())
            inputs.append(targets.sorted().map { directives[$0].id })
        }
        sort(directives, &diagnostics)
    }

    /// A depth-first walk, iterative so that a chain of any length cannot overflow the stack.
    private mutating func sort(_ directives: [Directive], _ diagnostics: inout [Diagnostic]) {
        enum Mark { case open, done }
        var marks: [Mark?] = Array(repeating: nil, count: directives.count)
        for start in directives.indices where marks[start] == nil {
            var path: [(node: Int, next: Int)] = [(start, 0)]
            marks[start] = .open
            while let (node, next) = path.last {
                if next == targets[node].count {
                    path.removeLast()
                    marks[node] = .done
                    if targets[node].contains(where: { broken.contains($0) }) { broken.insert(node) }
                    if !broken.contains(node) { order.append(node) }
                    continue
                }
                path[path.count - 1].next += 1
                let target = targets[node][next]
                switch marks[target] {
                case nil:
                    marks[target] = .open
                    path.append((target, 0))
                case .open:
                    let cycle = path.drop { $0.node != target }.map { directives[$0.node] }
                    broken.formUnion(path.drop { $0.node != target }.map(\.node))
                    diagnostics.append(Plan.cycle(cycle))
                case .done: break
                }
            }
        }
    }

    private static func unknown(_ dependency: Dependency, in directives: [Directive]) -> Diagnostic {
        let known = directives.filter(\.hasWrittenID)
            .filter { dependency.words?.contains($0.word) ?? true }.map(\.id)
        let near = nearestWord(to: dependency.id, among: known)
        return .error(
            .unknownReference, "No directive of this analysis has the id \(dependency.id)", at: dependency.range,
            notes: known.isEmpty ? [] : [.init("known here: " + known.joined(separator: ", "))],
            fixIts: near.map { near in
                let written = dependency.range.text
                let fixed = written.hasPrefix(dependency.id) ? near + written.dropFirst(dependency.id.count) : near
                return [.init("did you mean \(near)?", replacing: dependency.range, with: fixed)]
            } ?? [])
    }

    private static func wrongKind(
        _ dependency: Dependency, _ words: [String], of directive: Directive, _ target: Directive
    ) -> Diagnostic {
        .error(
            .wrongReference,
            "Here stands the id of \(words.map { "a `\($0)` directive" }.joined(separator: " or ")), and "
                + "\(dependency.id) is a `\(target.word)`",
            at: dependency.range, notes: [.init("\(dependency.id) is defined here", at: target.wordRange)])
    }

    private static func cycle(_ directives: [Directive]) -> Diagnostic {
        let names = directives.map(\.id) + [directives[0].id]
        return .error(
            .cycle, "Directives do not wait for each other: \(names.joined(separator: " → "))",
            at: directives[0].wordRange,
            notes: directives.dropFirst().map { .init("\($0.id) is part of the cycle", at: $0.wordRange) })
    }
}

extension DiagnosticCode {
    package static let wrongReference = DiagnosticCode(402, "wrong-reference")
    package static let cycle = DiagnosticCode(403, "cycle")
    package static let unknownPath = DiagnosticCode(404, "unknown-path")
}
