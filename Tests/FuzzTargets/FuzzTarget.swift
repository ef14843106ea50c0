/// A reader of what people write, with what must hold of it whatever bytes it is given.
///
/// `make fuzz` looks for bytes that break it; a test runs it over the seeds and over everything that was ever found.
package struct FuzzTarget: Sendable {
    /// What a property of a target says where it does not hold.
    package struct Broken: Error, Sendable, CustomStringConvertible {
        package var description: String
    }

    package var name: String
    /// Inputs to begin with, besides the shipped analyses' own parts.
    package var seeds: [String]
    /// Words that a mutation puts in whole.
    package var words: [String]
    /// Throws `Broken` where a property does not hold; a crash is a find, too.
    package var check: @Sendable ([UInt8]) throws -> Void

    package static let all: [FuzzTarget] = [
        .frontMatter, .directive, .formatting, .analysis, .markdown, .notation, .predicate, .frame, .bibliography,
        .formula, .value, .record, .wire, .data, .report, .trail, .brand,
    ]
}

/// Throws where a property does not hold.
func expect(_ holds: Bool, _ rule: @autoclosure () -> String) throws(FuzzTarget.Broken) {
    if !holds { throw FuzzTarget.Broken(description: rule()) }
}

/// Parts of an input, which a byte 1E (ASCII's record separator) stands between.
func parts(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x1E, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
}
