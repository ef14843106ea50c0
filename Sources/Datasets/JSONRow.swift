/// One line of JSON that is a row: an array or object of scalars, its members in the order in which they stand. Numbers keep
/// their digits, and null is a missing cell.
package struct JSONRow {
    /// What is no such line.
    package struct Fault: Error {}

    private let bytes: [UInt8]
    private var index = 0
    /// The names of an object's members; none of an array's.
    package private(set) var names: [String] = []

    /// - Throws: where the line is anything else, or not all of one.
    package init(_ bytes: [UInt8], into record: inout Record) throws(Fault) {
        self.bytes = bytes
        skipBlanks()
        let isObject = next == UInt8(ascii: "{")
        guard isObject || next == UInt8(ascii: "[") else { throw Fault() }
        let end = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        index += 1
        skipBlanks()
        if next != end {
            try member(isObject, &record)
            while next == UInt8(ascii: ",") {
                index += 1
                try member(isObject, &record)
            }
        }
        guard next == end else { throw Fault() }
        index += 1
        skipBlanks()
        guard index == bytes.count else { throw Fault() }
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D { index += 1 }
    }

    private mutating func member(_ isNamed: Bool, _ record: inout Record) throws(Fault) {
        skipBlanks()
        if isNamed {
            names.append(String(decoding: try string(), as: UTF8.self))
            skipBlanks()
            guard next == UInt8(ascii: ":") else { throw Fault() }
            index += 1
            skipBlanks()
        }
        if next == UInt8(ascii: "\"") {
            record.append(try string())
        } else {
            let start = index
            while let byte = next, JSONRow.isBare(byte) { index += 1 }
            let word = bytes[start..<index]
            // Some programs write these of numbers that JSON has not.
            let words = ["true", "false", "NaN", "Infinity", "-Infinity"]
            let isNull = word.elementsEqual("null".utf8)
            guard isNull || words.contains(where: { word.elementsEqual($0.utf8) }) || JSONRow.isNumber(word) else {
                throw Fault()
            }
            record.append(isNull ? [] : word, isAbsent: isNull)
        }
        skipBlanks()
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "+-.".utf8.contains(byte)
    }

    private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
        guard let last = word.last, (0x30...0x39).contains(last) else { return false }
        return word.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
    }

    /// The text between quotes, its escapes read.
    private mutating func string() throws(Fault) -> [UInt8] {
        guard next == UInt8(ascii: "\"") else { throw Fault() }
        index += 1
        var text: [UInt8] = []
        while let byte = next {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return text
            case UInt8(ascii: "\\"): try escape(&text)
            default: text.append(byte)
            }
        }
        throw Fault()
    }

    private mutating func escape(_ text: inout [UInt8]) throws(Fault) {
        guard let byte = next else { throw Fault() }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "u"):
            var units = [try unit()]
            // The second half of a character beyond the first plane.
            if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: Array("\\u".utf8)) {
                index += 2
                units.append(try unit())
            }
            text += Array(String(decoding: units, as: UTF16.self).utf8)
        default: throw Fault()
        }
    }

    private mutating func unit() throws(Fault) -> UInt16 {
        guard index + 4 <= bytes.count else { throw Fault() }
        let digits = bytes[index..<index + 4]
        let isHexadecimal = digits.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x46).contains($0 & 0xDF)
        }
        guard isHexadecimal, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw Fault()
        }
        index += 4
        return unit
    }
}

/// Rows as lines of JSON, fed in pieces of any size. Objects tell their names first, as a header would.
struct JSONRowsParser {
    private let file: String
    private let haveNames: Bool
    private var names: [String]?
    private var pending: [UInt8] = []
    private var record = Record()
    private var line = 0

    init(file: String, haveNames: Bool) {
        self.file = file
        self.haveNames = haveNames
    }

    mutating func feed(
        _ bytes: UnsafeRawBufferPointer, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        for piece in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if piece.offset > 0 { try endLine(body) }
            pending.append(contentsOf: piece.element)
            guard pending.count <= RecordLimits.recordBytes else {
                throw DataFault(file: file, line: line, message: "A row has at most 64 MiB", engine: [])
            }
        }
    }

    mutating func finish(_ body: (inout Record) throws(DataFault) -> Void) throws(DataFault) { try endLine(body) }

    private mutating func endLine(_ body: (inout Record) throws(DataFault) -> Void) throws(DataFault) {
        defer { pending.removeAll(keepingCapacity: true) }
        if pending.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
        line += 1
        record.clear()
        let row: JSONRow
        do throws(JSONRow.Fault) {
            row = try JSONRow(pending, into: &record)
        } catch {
            throw fault("is no row of JSON, or is cut short: \(String(decoding: pending.prefix(200), as: UTF8.self))")
        }
        if haveNames {
            guard row.names.count == record.count else { throw fault("is no object") }
            if names == nil {
                names = row.names
                var header = Record()
                for name in row.names { header.append(name.utf8) }
                header.line = line
                try body(&header)
            }
            if names != row.names { try order(row.names) }
        } else {
            guard row.names.isEmpty else { throw fault("is no array") }
        }
        // As if a header stood in front.
        record.line = line + 1
        try body(&record)
    }

    /// Puts members into the order of the first row's; those that a row leaves out are missing.
    private mutating func order(_ own: [String]) throws(DataFault) {
        var ordered = Record()
        for name in names ?? [] {
            let place = own.firstIndex(of: name)
            if let place {
                ordered.append(record.cell(place), isAbsent: record.isAbsent(place))
            } else {
                ordered.append([], isAbsent: true)
            }
        }
        if let other = own.first(where: { names?.contains($0) == false }) {
            throw fault("has the member \(other), which the first one has not")
        }
        record = ordered
    }

    private func fault(_ what: String) -> DataFault {
        DataFault(file: file, message: "Line \(line) of the output \(what)", engine: [])
    }
}
