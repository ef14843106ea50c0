/// Values as bytes that read back the same to the bit, for caches: one tag, then lengths and payloads.
extension Value {
    private enum Tag: UInt8 {
        case null, no, yes, number, string, list, object
        /// A list of numbers without a tag for each.
        case numbers
    }

    /// Nesting beyond this is not read, so that no bytes can overflow the stack.
    private static let depthLimit = 256

    package var binary: [UInt8] {
        var out: [UInt8] = []
        write(to: &out)
        return out
    }

    private func write(to out: inout [UInt8]) {
        switch self {
        case .null: out.append(Tag.null.rawValue)
        case .boolean(let flag): out.append((flag ? Tag.yes : Tag.no).rawValue)
        case .number(let number):
            out.append(Tag.number.rawValue)
            Value.write(number, to: &out)
        case .string(let text):
            out.append(Tag.string.rawValue)
            Value.write(text, to: &out)
        case .list(let items):
            let numbers = items.compactMap(\.number)
            let isPlain = numbers.count == items.count && items.count > 1
            out.append((isPlain ? Tag.numbers : Tag.list).rawValue)
            Value.write(items.count, to: &out)
            if isPlain {
                for number in numbers { Value.write(number, to: &out) }
            } else {
                for item in items { item.write(to: &out) }
            }
        case .object(let object):
            out.append(Tag.object.rawValue)
            Value.write(object.count, to: &out)
            for (key, value) in object {
                Value.write(key, to: &out)
                value.write(to: &out)
            }
        }
    }

    /// Seven bits a byte, low ones first.
    private static func write(_ count: Int, to out: inout [UInt8]) {
        var rest = UInt64(count)
        while rest > 0x7F {
            out.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        out.append(UInt8(rest))
    }

    private static func write(_ number: Double, to out: inout [UInt8]) {
        withUnsafeBytes(of: number.bitPattern.littleEndian) { out.append(contentsOf: $0) }
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        write(text.utf8.count, to: &out)
        out.append(contentsOf: text.utf8)
    }

    /// nil where the bytes are not exactly one value.
    package init?(binary bytes: some RandomAccessCollection<UInt8>) {
        var rest = Array(bytes)[...]
        guard let value = Value.read(&rest, depth: 0), rest.isEmpty else { return nil }
        self = value
    }

    private static func read(_ rest: inout ArraySlice<UInt8>, depth: Int) -> Value? {
        guard depth < depthLimit, let tag = rest.popFirst().flatMap(Tag.init) else { return nil }
        switch tag {
        case .null: return .null
        case .no: return false
        case .yes: return true
        case .number: return readNumber(&rest).map { Value($0) }
        case .string: return readText(&rest).map { .string($0) }
        case .numbers:
            // What is left must hold that many, so that no bytes can ask for more memory than they fill.
            guard let count = readCount(&rest), count <= rest.count / 8 else { return nil }
            var items: [Value] = []
            items.reserveCapacity(count)
            for _ in 0..<count {
                guard let number = readNumber(&rest) else { return nil }
                items.append(Value(number))
            }
            return .list(items)
        case .list:
            guard let count = readCount(&rest), count <= rest.count else { return nil }
            var items: [Value] = []
            items.reserveCapacity(count)
            for _ in 0..<count {
                guard let item = read(&rest, depth: depth + 1) else { return nil }
                items.append(item)
            }
            return .list(items)
        case .object:
            guard let count = readCount(&rest), count <= rest.count else { return nil }
            var object = Object()
            for _ in 0..<count {
                guard let key = readText(&rest), let value = read(&rest, depth: depth + 1) else { return nil }
                object[key] = value
            }
            return .object(object)
        }
    }

    private static func readCount(_ rest: inout ArraySlice<UInt8>) -> Int? {
        var (count, shift) = (UInt64(0), UInt64(0))
        while shift < 56, let byte = rest.popFirst() {
            count |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int(count) }
            shift += 7
        }
        return nil
    }

    private static func readNumber(_ rest: inout ArraySlice<UInt8>) -> Double? {
        guard rest.count >= 8 else { return nil }
        var bits: UInt64 = 0
        for (place, byte) in rest.prefix(8).enumerated() { bits |= UInt64(byte) << UInt64(8 * place) }
        rest = rest.dropFirst(8)
        return Double(bitPattern: bits)
    }

    private static func readText(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let count = readCount(&rest), count <= rest.count else { return nil }
        let text = String(validating: rest.prefix(count), as: UTF8.self)
        rest = rest.dropFirst(count)
        return text
    }
}
