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

    /// Whether the whole is true of a row: nil is "unknown".
    package func evaluate(_ row: some PredicateCells) throws(DataFault) -> Bool? {
        try evaluate(root, row)
    }

    private func evaluate(_ expression: Expression, _ row: some PredicateCells) throws(DataFault) -> Bool? {
        switch expression {
        case .isMissing(let column): return try row.isMissing(column)
        case .compare(let column, let comparison, let literal): return try compare(column, comparison, literal, row)
        case .isIn(let column, let literals):
            if try row.isMissing(column) { return nil }
            for literal in literals where try compare(column, .equal, literal, row) == true { return true }
            return false
        case .and(let a, let b):
            let left = try evaluate(a, row)
            if left == false { return false }
            let right = try evaluate(b, row)
            return right == false ? false : left == nil || right == nil ? nil : true
        case .or(let a, let b):
            let left = try evaluate(a, row)
            if left == true { return true }
            let right = try evaluate(b, row)
            return right == true ? true : left == nil || right == nil ? nil : false
        case .not(let a): return try evaluate(a, row).map { !$0 }
        }
    }

    private func compare(
        _ column: String, _ comparison: Comparison, _ literal: Literal, _ row: some PredicateCells
    ) throws(DataFault) -> Bool? {
        switch literal {
        case .number(let number): try row.number(column).map { comparison.holds($0, number) }
        case .text(let text): try row.text(column).map { comparison.holds($0, text) }
        }
    }
}

/// What a predicate reads: the cells of one row by their columns' names.
package protocol PredicateCells {
    func isMissing(_ column: String) throws(DataFault) -> Bool
    /// nil where the cell is missing.
    func number(_ column: String) throws(DataFault) -> Double?
    /// nil where the cell is missing.
    func text(_ column: String) throws(DataFault) -> String?
}

extension Row: PredicateCells {
    package func isMissing(_ column: String) throws(DataFault) -> Bool {
        isMissing(try context.frame.index(of: column))
    }
    package func number(_ column: String) throws(DataFault) -> Double? { try number(context.frame.index(of: column)) }
    package func text(_ column: String) throws(DataFault) -> String? { try text(context.frame.index(of: column)) }
}
