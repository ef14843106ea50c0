package import Values

/// Which rows a frame keeps: comparisons, `in`, `is missing`, `and`, `or`, `not` over columns and literals.
///
/// Three-valued as in SQL: a comparison with a missing cell is neither true nor false, and a row is kept only where the
/// whole is true.
package struct Predicate: Sendable, Hashable {
    package typealias Expression = Condition<String>

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
    package func evaluate(_ row: some PredicateCells<String>) throws(DataFault) -> Bool? { try root.evaluate(row) }
}

/// A condition over columns, by their names or by their places.
package indirect enum Condition<Column: Sendable & Hashable>: Sendable, Hashable {
    case compare(column: Column, Predicate.Comparison, Predicate.Literal)
    case isIn(column: Column, [Predicate.Literal])
    case isMissing(column: Column)
    case and(Condition, Condition)
    case or(Condition, Condition)
    case not(Condition)

    /// The same over other columns.
    func map<Other>(_ column: (Column) throws(DataFault) -> Other) throws(DataFault) -> Condition<Other> {
        switch self {
        case .compare(let name, let comparison, let literal):
            .compare(column: try column(name), comparison, literal)
        case .isIn(let name, let literals): .isIn(column: try column(name), literals)
        case .isMissing(let name): .isMissing(column: try column(name))
        case .and(let a, let b): .and(try a.map(column), try b.map(column))
        case .or(let a, let b): .or(try a.map(column), try b.map(column))
        case .not(let a): .not(try a.map(column))
        }
    }

    /// The same, whose parts nobody else counts.
    var copy: Condition {
        switch self {
        case .compare(let column, let comparison, let literal): .compare(column: column, comparison, literal)
        case .isIn(let column, let literals): .isIn(column: column, literals.map { $0 })
        case .isMissing(let column): .isMissing(column: column)
        case .and(let a, let b): .and(a.copy, b.copy)
        case .or(let a, let b): .or(a.copy, b.copy)
        case .not(let a): .not(a.copy)
        }
    }

    /// Whether it is true of a row: nil is "unknown".
    func evaluate(_ row: some PredicateCells<Column>) throws(DataFault) -> Bool? {
        switch self {
        case .isMissing(let column): return try row.isMissing(column)
        case .compare(let column, let comparison, let literal):
            return try Condition.compare(column, comparison, literal, row)
        case .isIn(let column, let literals):
            if try row.isMissing(column) { return nil }
            for literal in literals where try Condition.compare(column, .equal, literal, row) == true { return true }
            return false
        case .and(let a, let b):
            let left = try a.evaluate(row)
            if left == false { return false }
            let right = try b.evaluate(row)
            return right == false ? false : left == nil || right == nil ? nil : true
        case .or(let a, let b):
            let left = try a.evaluate(row)
            if left == true { return true }
            let right = try b.evaluate(row)
            return right == true ? true : left == nil || right == nil ? nil : false
        case .not(let a): return try a.evaluate(row).map { !$0 }
        }
    }

    private static func compare(
        _ column: Column, _ comparison: Predicate.Comparison, _ literal: Predicate.Literal,
        _ row: some PredicateCells<Column>
    ) throws(DataFault) -> Bool? {
        switch literal {
        case .number(let number): try row.number(column).map { comparison.holds($0, number) }
        case .text(let text): try row.text(column).map { comparison.holds($0, text) }
        }
    }
}

/// What a condition reads: the cells of one row by their columns.
package protocol PredicateCells<Column> {
    associatedtype Column: Sendable & Hashable
    func isMissing(_ column: Column) throws(DataFault) -> Bool
    /// nil where the cell is missing.
    func number(_ column: Column) throws(DataFault) -> Double?
    /// nil where the cell is missing.
    func text(_ column: Column) throws(DataFault) -> String?
}

extension Row: PredicateCells {}
