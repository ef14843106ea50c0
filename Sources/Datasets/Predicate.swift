package import Values

/// Which rows a frame keeps: comparisons, `in`, `is missing`, `and`, `or`, `not` over columns and literals.
///
/// Three-valued as in SQL: a comparison with a missing cell is neither true nor false, and a row is kept only where the
/// whole is true.
package struct Predicate: Sendable, Hashable {
    package indirect enum Expression: Sendable, Hashable {
        case compare(column: String, Comparison, Literal)
        case isIn(column: String, [Literal])
        case isMissing(column: String)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case not(Expression)
    }

    package enum Comparison: String, Sendable, CaseIterable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="

        func holds<T: Comparable>(_ a: T, _ b: T) -> Bool {
            switch self {
            case .equal: a == b
            case .notEqual: a != b
            case .less: a < b
            case .lessOrEqual: a <= b
            case .greater: a > b
            case .greaterOrEqual: a >= b
            }
        }
    }

    package enum Literal: Sendable, Hashable {
        case number(Double)
        case text(String)
    }

    package var root: Expression
    /// What stood between braces, with the values that it was given.
    package internal(set) var bindings: [ResultPath: Value] = [:]

    package init(_ root: Expression) { self.root = root }

    /// The columns that it reads, each once, in order of first mention.
    package var columns: [String] {
        var found: [String] = []
        func visit(_ expression: Expression) {
            switch expression {
            case .compare(let column, _, _), .isIn(let column, _), .isMissing(let column):
                if !found.contains(column) { found.append(column) }
            case .and(let a, let b), .or(let a, let b):
                visit(a)
                visit(b)
            case .not(let a): visit(a)
            }
        }
        visit(root)
        return found
    }

    /// Whether a row is kept: nil is "unknown".
    func evaluate(_ row: Row, in frame: Frame) throws(DataFault) -> Bool? {
        try evaluate(root, row, frame)
    }

    private func evaluate(_ expression: Expression, _ row: Row, _ frame: Frame) throws(DataFault) -> Bool? {
        switch expression {
        case .isMissing(let column): return row.isMissing(try frame.index(of: column))
        case .compare(let column, let comparison, let literal):
            return try compare(try frame.index(of: column), comparison, literal, row)
        case .isIn(let column, let literals):
            let index = try frame.index(of: column)
            if row.isMissing(index) { return nil }
            for literal in literals where try compare(index, .equal, literal, row) == true { return true }
            return false
        case .and(let a, let b):
            let left = try evaluate(a, row, frame)
            if left == false { return false }
            let right = try evaluate(b, row, frame)
            return right == false ? false : left == nil || right == nil ? nil : true
        case .or(let a, let b):
            let left = try evaluate(a, row, frame)
            if left == true { return true }
            let right = try evaluate(b, row, frame)
            return right == true ? true : left == nil || right == nil ? nil : false
        case .not(let a): return try evaluate(a, row, frame).map { !$0 }
        }
    }

    private func compare(
        _ column: Int, _ comparison: Comparison, _ literal: Literal, _ row: Row
    ) throws(DataFault) -> Bool? {
        switch literal {
        case .number(let number): try row.number(column).map { comparison.holds($0, number) }
        case .text(let text): try row.text(column).map { comparison.holds($0, text) }
        }
    }
}
