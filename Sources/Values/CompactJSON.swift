extension Value {
    /// JSON on one line with keys in their own order, for records that people and programs both read.
    package var compactJSON: String { String(decoding: compactBytes, as: UTF8.self) }

    /// The same as UTF-8.
    package var compactBytes: [UInt8] {
        var out: [UInt8] = []
        writeCompact(to: &out)
        return out
    }

    private func writeCompact(to out: inout [UInt8]) {
        switch self {
        case .list(let items):
            out.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                item.writeCompact(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let object):
            out.append(UInt8(ascii: "{"))
            for (index, key) in object.keys.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Value.writeString(key, to: &out)
                out.append(UInt8(ascii: ":"))
                object.value(at: index).writeCompact(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        default: writeScalar(to: &out)
        }
    }
}
