import Values

/// Records without lists, which are nearly all, read member by member: a trail of years has millions of numbers.
extension EntryRecord {
    /// nil for anything but the bytes that `value.canonicalBytes` would be of a record without lists.
    ///
    /// Members come in the order of canonical JSON, so that what is passed over is all that there was.
    init?(plain bytes: [UInt8]) {
        let read = bytes.withUnsafeBufferPointer { bytes -> EntryRecord? in
            var reader = CanonicalReader(bytes: bytes)
            guard reader.skip(word: "{\"numbers\":[") else { return nil }
            var numbers: [Number] = []
            if !reader.skip(word: "]") {
                repeat {
                    guard let number = Number(&reader) else { return nil }
                    numbers.append(number)
                } while reader.skip(word: ",")
                guard reader.skip(word: "]") else { return nil }
            }
            guard reader.skip(word: ",\"schema\":1}"), reader.isAtEnd else { return nil }
            return EntryRecord(numbers: numbers)
        }
        guard let read else { return nil }
        self = read
    }
}

extension EntryRecord.Number {
    fileprivate init?(_ reader: inout CanonicalReader) {
        guard reader.skip(word: "{") else { return nil }
        var interval: EntryRecord.Interval?
        if reader.skip(word: "\"interval\":") {
            guard let read = EntryRecord.Interval(&reader), reader.skip(word: ",") else { return nil }
            interval = read
        }
        // One that is not key has no such member.
        let isKey = reader.skip(word: "\"key\":true,")
        guard reader.skip(word: "\"path\":"), let path = reader.text(), reader.skip(word: ",") else { return nil }
        var error: Double?
        if reader.skip(word: "\"se\":") {
            guard let read = reader.number(), reader.skip(word: ",") else { return nil }
            error = read
        }
        guard reader.skip(word: "\"value\":"), let value = reader.number(), reader.skip(word: "}") else { return nil }
        self.init(path: path, value: value, error: error, interval: interval, isKey: isKey)
    }
}

extension EntryRecord.Interval {
    fileprivate init?(_ reader: inout CanonicalReader) {
        /// An open bound is `null`.
        func bound() -> Double?? { reader.skip(word: "null") ? .some(nil) : reader.number().map { $0 } }
        guard reader.skip(word: "["), let lower = bound(), reader.skip(word: ","), let upper = bound(),
            reader.skip(word: "]")
        else { return nil }
        self.init(lower: lower, upper: upper)
    }
}
