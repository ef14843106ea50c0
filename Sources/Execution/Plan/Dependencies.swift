import Diagnostics
import Documents

/// What one directive needs of another.
struct Dependency: Sendable, Hashable {
    var id: String
    /// Where the directive says so.
    var range: SourceRange
    /// The words that the other directive may be; nil for any.
    var words: [String]?
}

extension Directive {
    /// Keys that hold the id of a directive of one kind.
    private static let wordsByKey = ["data": ["data"], "effects": ["effects"], "predict": ["effects"]]

    /// Everything that the directive names, with what it may be: `data` names a `data`, `effects` an `effects`.
    var needs: [Dependency] {
        dependencies.map { id, range in
            let key = options.entries.first { $0.value.range == range }?.key
            return Dependency(id: id, range: range, words: key.flatMap { Directive.wordsByKey[$0] })
        }
    }
}
