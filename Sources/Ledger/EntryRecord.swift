import Digests
package import Values

/// The numbers of one build of one report, kept so that builds can be compared when their outputs are long overwritten.
///
/// A file of the trail under its own digest, which the entry holds: `records/1f/1f…9c.json`, canonical JSON. Rows of
/// single experiments are left out: a build makes them again, and a trail with all of them would outgrow its project.
package struct EntryRecord: Sendable, Hashable {
    package struct Number: Sendable, Hashable {
        /// The result's path as the prose would name it, such as `pool.mu.estimate`; of an estimate the path of the whole,
        /// without `.estimate`.
        package var path: String
        package var value: Double
        /// Its standard error, where the result has one.
        package var error: Double?
        /// Its interval; a bound that is nil is open. nil where the result has none.
        package var interval: Interval?
        /// Whether the prose quotes it or a claim stands on it.
        package var isKey: Bool

        package init(path: String, value: Double, error: Double? = nil, interval: Interval? = nil, isKey: Bool) {
            self.path = path
            self.value = value
            self.error = error
            self.interval = interval
            self.isKey = isKey
        }
    }

    package struct Interval: Sendable, Hashable {
        package var lower: Double?
        package var upper: Double?

        package init(lower: Double?, upper: Double?) {
            self.lower = lower
            self.upper = upper
        }
    }

    /// In the order of the results.
    package var numbers: [Number]
    /// Lists of the entry that were too long for it, by name.
    package var lists: Object

    package init(numbers: [Number], lists: Object = [:]) {
        self.numbers = numbers
        self.lists = lists
    }

    package var digest: String { value.digest }

    /// Where the record lies in the trail.
    package static func path(_ digest: String) -> String { "records/\(digest.prefix(2))/\(digest).json" }

    /// The digest that a record of such a path has; nil where no record would lie.
    package static func digest(ofPath path: String) -> String? {
        guard path.hasSuffix(".json"), let slash = path.lastIndex(of: "/") else { return nil }
        let digest = String(path[path.index(after: slash)...].dropLast(".json".count))
        let isDigest = digest.utf8.count == 64 && digest.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
        return isDigest && self.path(digest) == path ? digest : nil
    }

    package var value: Value {
        var value: Object = [
            "schema": 1,
            "numbers": .list(
                numbers.map { number in
                    var item: Object = ["path": .string(number.path), "value": Value(number.value)]
                    if let error = number.error { item["se"] = Value(error) }
                    if let interval = number.interval {
                        item["interval"] = [Value(interval.lower), Value(interval.upper)]
                    }
                    if number.isKey { item["key"] = true }
                    return .object(item)
                }),
        ]
        if !lists.isEmpty { value["lists"] = .object(lists) }
        return .object(value)
    }

    /// nil for anything but the bytes of a record's file.
    package init?(file bytes: [UInt8]) {
        if let record = EntryRecord(plain: bytes) {
            self = record
        } else {
            guard let value = Value(canonicalJSON: bytes) else { return nil }
            self.init(value, canonical: bytes)
        }
    }

    /// nil for anything that is not the value of a record.
    package init?(_ value: Value, canonical: [UInt8]? = nil) {
        guard let list = value["numbers"]?.list else { return nil }
        var numbers: [Number] = []
        for item in list {
            guard let path = item["path"]?.string, let number = item["value"]?.number else { return nil }
            var read = Number(
                path: path, value: number, error: item["se"]?.number, isKey: item["key"]?.boolean ?? false)
            if let bounds = item["interval"]?.list, bounds.count == 2 {
                read.interval = Interval(lower: bounds[0].number, upper: bounds[1].number)
            }
            numbers.append(read)
        }
        self.init(numbers: numbers, lists: value["lists"]?.object ?? [:])
        guard self.value.canonicalBytes == canonical ?? value.canonicalBytes else { return nil }
    }
}
