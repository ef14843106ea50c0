package import Datasets
import Estimation

/// Plain means in one scan, where an engine has moments of its own: count, means, variances and covariances of every arm.
///
/// A row that lacks a number would count for some of them and not for others, so counts of each column tell whether any
/// does; and whoever reads the moments looks at how many digits they lost. Either way `UnitSumsSQL` asks again.
package enum PlainMomentsSQL {
    /// Whether a design can be asked for so.
    package static func reaches(_ query: UnitQuery) -> Bool {
        query.dialect.hasMoments && query.cluster == nil && query.design.weight == nil
            && query.design.quantities.allSatisfy { $0.denominator == nil }
            && query.numbers.allSatisfy { $0.fill == nil && !$0.isBounded }
            && query.numbers.allSatisfy { $0.column.kind == .number }
    }

    /// Experiment, variant and count of rows; by number its count, mean and variance; the covariances of pairs, the lower
    /// triangle row by row.
    package static func text(_ query: UnitQuery) throws(DataFault) -> String {
        let dialect = query.dialect
        let numbers = query.numbers.map { dialect.number(of: $0.column) }
        var items = query.experiment.map { ["cast(\(query.identifier($0)) as \(dialect.string)) as experiment"] } ?? []
        items += ["cast(\(query.identifier(query.variant)) as \(dialect.string)) as variant", "count(*) as units"]
        for (i, number) in numbers.enumerated() {
            items += ["count(\(number)) as n\(i)", "avg(\(number)) as m\(i)", "var_samp(\(number)) as c\(i)_\(i)"]
        }
        for (i, number) in numbers.enumerated() {
            for j in 0..<i { items.append("covar_samp(\(number), \(numbers[j])) as c\(i)_\(j)") }
        }
        let keys = [query.experiment, query.variant].compactMap(\.self).map { "q.\(query.identifier($0))" }
            .joined(separator: ", ")
        return """
            select
              \(items.joined(separator: ",\n  "))
            from \(try query.table.relation())
            group by \(keys)
            order by \(keys)
            """
    }
}
