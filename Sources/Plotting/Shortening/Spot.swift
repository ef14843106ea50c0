/// A place in a drawing in hundredths of its unit, which is how `coordinate` writes them: exact, and quick to read back.
struct Spot: Hashable {
    var x: Int
    var y: Int

    static let zero = Spot(x: 0, y: 0)

    static func + (a: Spot, b: Spot) -> Spot { Spot(x: a.x + b.x, y: a.y + b.y) }
    static func - (a: Spot, b: Spot) -> Spot { Spot(x: a.x - b.x, y: a.y - b.y) }

    /// In tenths, ties away from zero.
    var tenths: Spot { Spot(x: inTenths(x), y: inTenths(y)) }
}

/// Hundredths as tenths, ties away from zero.
func inTenths(_ hundredths: Int) -> Int { (hundredths + (hundredths < 0 ? -5 : 5)) / 10 }

/// Hundredths of a number as `coordinate` writes it; nil for any other text.
func hundredths(_ text: String) -> Int? {
    var value = 0
    var count = 0
    var decimals: Int?
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    for byte in text.utf8.dropFirst(isNegative ? 1 : 0) {
        if byte == UInt8(ascii: "."), decimals == nil {
            decimals = 0
        } else {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), count < 13 else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            count += 1
            decimals = decimals.map { $0 + 1 }
        }
    }
    guard count > 0, decimals ?? 0 <= 2 else { return nil }
    value *= decimals == 2 ? 1 : decimals == 1 ? 10 : 100
    return isNegative ? -value : value
}

/// Tenths as SVG writes a number most shortly: no zero before the point.
func tenthsText(_ tenths: Int) -> String {
    let magnitude = tenths.magnitude
    let (whole, rest) = (magnitude / 10, magnitude % 10)
    let sign = tenths < 0 ? "-" : ""
    if rest == 0 { return sign + String(whole) }
    return sign + (whole == 0 ? "" : String(whole)) + "." + String(rest)
}

/// Reads commands and numbers of path data as this library writes it.
struct NumberReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: some Sequence<UInt8>) { bytes = Array(text) }

    var isAtEnd: Bool { index >= bytes.count }

    /// The letter here, nil where there is none.
    mutating func letter() -> UInt8? {
        guard index < bytes.count, bytes[index] > UInt8(ascii: "9") else { return nil }
        index += 1
        return bytes[index - 1]
    }

    /// The number here in hundredths, behind a comma or a blank where there is one; nil for more than two decimals.
    mutating func next() -> Int? {
        if index < bytes.count, bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: " ") { index += 1 }
        let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        let start = index
        var value = 0
        while let digit = digit() { value = value * 10 + digit }
        var decimals = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            while let digit = digit() {
                value = value * 10 + digit
                decimals += 1
            }
        }
        guard index > start, index - start < 14, decimals <= 2 else { return nil }
        value *= decimals == 0 ? 100 : decimals == 1 ? 10 : 1
        return isNegative ? -value : value
    }

    private mutating func digit() -> Int? {
        guard index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else { return nil }
        index += 1
        return Int(bytes[index - 1] - UInt8(ascii: "0"))
    }
}
