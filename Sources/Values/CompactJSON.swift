extension Value {
    /// JSON on one line with keys in their own order, for records that people and programs both read.
    package var compactJSON: String {
        switch self {
        case .list(let items): "[" + items.map(\.compactJSON).joined(separator: ",") + "]"
        case .object(let object):
            "{" + object.map { Value.string($0.key).canonicalJSON + ":" + $0.value.compactJSON }.joined(separator: ",")
                + "}"
        default: canonicalJSON
        }
    }
}
