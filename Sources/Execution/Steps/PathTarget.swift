import Diagnostics
import Documents
import Values

/// What a path option (`of`, `lines`) leads to in the results.
struct PathTarget {
    var path: ResultPath
    var value: Value
    var range: SourceRange

    init(path: ResultPath, value: Value, range: SourceRange) {
        self.path = path
        self.value = value
        self.range = range
    }

    /// Follows the path that a scalar holds.
    init(_ node: OptionNode, _ context: inout StepContext) throws(StepFailure) {
        let path = node.scalar?.reference ?? node.string.flatMap { ResultPath(parsing: $0) }
        guard let path else {
            throw context.fail(.error(.unknownPath, "Here stands a path into the results", at: node.range))
        }
        self.path = path
        range = node.range
        switch context.root.walk(path) {
        case .found(let value): self.value = value
        case .missing(let component, let known):
            throw context.fail(.unknownPath(path, component: component, known: known, at: node.range))
        }
    }
}

extension StringProtocol {
    /// Without spaces at both ends.
    func trimming() -> String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
