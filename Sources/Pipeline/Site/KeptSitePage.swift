import Digests
import Execution
import Values

/// The page of a report in a build's outcome: as it was made, or where it is kept.
struct KeptSitePage: Sendable {
    /// nil where it is only kept.
    private let made: SiteRecord?
    /// Of all of the record.
    let digest: String
    /// Those of the record: by what they hold a site that is unchanged is known.
    let linked: [String]

    init(_ record: SiteRecord) {
        made = record
        linked = record.linked
        digest = sha256(record.value.binary)
    }

    /// As `kept` tells it; nil where it is nothing of the kind.
    init?(_ value: Value) {
        guard let parts = value.list, parts.count == 2, let digest = parts[0].string, let linked = parts[1].list
        else { return nil }
        made = nil
        self.digest = digest
        self.linked = linked.compactMap(\.string)
    }

    private var name: String { sha256("site page \(digest)".utf8) }

    func isKept(in cache: BuildCache) -> Bool { cache.mayHave(name) }

    /// Keeps the record, and tells what there is to know of it without reading it.
    func kept(in cache: BuildCache) -> Value {
        if let made { cache.store(made.value, name) }
        return [.string(digest), Value(linked)]
    }

    /// nil where what was kept is gone or damaged.
    func record(in cache: BuildCache?) -> SiteRecord? { made ?? cache?.value(name).flatMap { SiteRecord($0) } }
}
