import Estimation
import Testing

/// A number, or several, as R's JSON writes vectors of one.
struct OneOrMore: Decodable {
    let values: [Double]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        values = try (try? container.decode([Double].self)) ?? [container.decode(Double.self)]
    }
}

/// Within 1e-6 of the larger of the number and 1.
func expectClose(
    _ found: Double?, _ expected: Double?, tolerance: Double = 1e-6, location: SourceLocation = #_sourceLocation
) {
    guard let found, let expected else {
        #expect(found == expected, sourceLocation: location)
        return
    }
    #expect(abs(found - expected) <= tolerance * max(1, abs(expected)), sourceLocation: location)
}

func expectClose(
    _ found: [Double], _ expected: [Double], tolerance: Double = 1e-6, location: SourceLocation = #_sourceLocation
) {
    #expect(found.count == expected.count, sourceLocation: location)
    for (x, y) in zip(found, expected) { expectClose(x, y, tolerance: tolerance, location: location) }
}

func expectClose(
    _ found: ConfidenceInterval?, _ expected: [Double]?, tolerance: Double = 1e-6,
    location: SourceLocation = #_sourceLocation
) {
    expectClose(found?.lower, expected?.first, tolerance: tolerance, location: location)
    expectClose(found?.upper, expected?.last, tolerance: tolerance, location: location)
}
