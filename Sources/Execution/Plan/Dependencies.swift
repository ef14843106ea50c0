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
            let key = options.key(of: range)
            return Dependency(id: id, range: range, words: key.flatMap { Directive.wordsByKey[$0] })
        }
    }
}

extension OptionNode {
    /// The key whose value stands at a place, in this mapping or one inside it.
    fileprivate func key(of range: SourceRange) -> String? {
        if case .list(let items) = content { return items.lazy.compactMap { $0.key(of: range) }.first }
        return entries.lazy.compactMap { $0.value.range == range ? $0.key : $0.value.key(of: range) }.first
    }
}
