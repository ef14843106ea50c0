internal import LinearAlgebra
internal import Probability

/// The columns that effects are regressed on: 1, then moderators, each centred and scaled to unit standard deviation.
///
/// Standardised columns keep XᵀB⁻¹X well conditioned whatever a moderator's units are; `original` undoes it.
struct Design: Sendable {
    let names: [String]
    /// Mean and standard deviation of each moderator.
    let centres: [Double]
    let scales: [Double]
    /// J × p by rows; empty for the intercept alone.
    let rows: [Double]

    var columnCount: Int { names.count + 1 }

    /// - Parameter indices: The effects that are used.
    /// - Throws: `reservedModerator`, `duplicateModerator`, `wrongModerator`, `notFiniteModerator`, `constantModerator`,
    ///   `collinearModerator`.
    init(_ moderators: [Moderator], count: Int, indices: [Int]) throws(EstimationError) {
        var (centres, scales) = ([Double](), [Double]())
        var columns: [[Double]] = []
        for (number, moderator) in moderators.enumerated() {
            let name = moderator.name
            guard name != Design.intercept else { throw .reservedModerator(name) }
            guard !moderators.prefix(number).contains(where: { $0.name == name }) else {
                throw .duplicateModerator(name)
            }
            guard moderator.values.count == count else {
                throw .wrongModerator(name, expected: count, found: moderator.values.count)
            }
            guard moderator.values.allSatisfy(\.isFinite) else { throw .notFiniteModerator(name) }
            let chosen = indices.map { moderator.values[$0] }
            // Halved before they are added up, so that no sum overflows.
            let largest = chosen.reduce(0) { max($0, $1.magnitude) }
            let unit = largest > 0 ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
            let scaled = chosen.map { $0 / unit }
            let centre = SampleMoments.mean(scaled)
            let deviation = chosen.count > 1 ? SampleMoments.standardDeviation(scaled) : 0
            guard deviation > 1e-12 else { throw .constantModerator(name) }
            centres.append(centre * unit)
            scales.append(deviation * unit)
            columns.append(scaled.map { ($0 - centre) / deviation })
        }
        names = moderators.map(\.name)
        (self.centres, self.scales) = (centres, scales)
        if let dependent = Design.dependent(columns) { throw .collinearModerator(moderators[dependent].name) }
        guard !columns.isEmpty else {
            rows = []
            return
        }
        var rows: [Double] = []
        rows.reserveCapacity(indices.count * (columns.count + 1))
        for j in indices.indices {
            rows.append(1)
            for column in columns { rows.append(column[j]) }
        }
        self.rows = rows
    }

    static let intercept = "intercept"

    /// The first column that the ones before it make up, by Gram and Schmidt's method done twice.
    private static func dependent(_ columns: [[Double]]) -> Int? {
        var basis: [[Double]] = []
        for (number, column) in columns.enumerated() {
            var rest = column
            for _ in 0..<2 {
                for direction in basis {
                    let share = dot(rest, direction)
                    for i in rest.indices { rest[i] -= share * direction[i] }
                }
            }
            let length = dot(rest, rest).squareRoot()
            guard length > 1e-9 * dot(column, column).squareRoot() else { return number }
            basis.append(rest.map { $0 / length })
        }
        return nil
    }

    /// Coefficients and their standard errors on the moderators' own scales.
    ///
    /// √cᵀVc is taken of contrasts of size 1, as squares of a moderator's scale may not be numbers.
    func original(_ beta: [Double], _ covariance: Matrix) -> (beta: [Double], standardErrors: [Double]) {
        let map = transform
        let errors = (0..<columnCount).map { a in
            let size = Design.size(map.row(a))
            let contrast = map.row(a).map { $0 / size }
            return size * covariance.quadraticForm(contrast, contrast).squareRoot()
        }
        return (map * beta, errors)
    }

    private static func size(_ contrast: [Double]) -> Double { contrast.reduce(0) { max($0, $1.magnitude) } }

    /// Each coefficient on its own scale, but for a factor, as a combination of the standardised.
    var contrasts: [[Double]] {
        (0..<columnCount).map(transform.row).map { row in row.map { $0 / Design.size(row) } }
    }

    /// log |XᵀX| of the standardised columns.
    func logDeterminant(count: Int) -> Double {
        guard !names.isEmpty else { return Elementary.log(Double(count)) }
        let p = columnCount
        var gram = Matrix(rows: p, columns: p)
        for j in 0..<count {
            for a in 0..<p { for b in 0..<p { gram[a, b] += rows[j * p + a] * rows[j * p + b] } }
        }
        // Columns are independent, so there is a factor.
        guard let factor = try? Cholesky(gram, tolerance: 0) else { return -.infinity }
        return 2 * factor.lower.diagonal.reduce(0) { $0 + Elementary.log($1) }
    }

    /// β = Tβ′: slopes over their scales, the intercept less what the centres add.
    private var transform: Matrix {
        var map = Matrix.identity(columnCount)
        for m in names.indices {
            map[m + 1, m + 1] = 1 / scales[m]
            map[0, m + 1] = -centres[m] / scales[m]
        }
        return map
    }
}
