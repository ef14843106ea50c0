import CDuktape

/// A JavaScript interpreter that can neither read nor write anything, with a limit on what a call may use.
///
/// Not safe to share between threads; its owner guards it.
final class ScriptEngine {
    /// What a heap may hold at once, and what one call may ask of it in all.
    private static let heldLimit = 192 << 20
    private static let spentLimit = 512 << 20

    private let context: OpaquePointer?
    private let budget: UnsafeMutablePointer<script_budget>

    /// An interpreter that has run `program`; nil where it fails.
    init?(running program: [UInt8]) {
        budget = .allocate(capacity: 1)
        budget.initialize(
            to: script_budget(
                held: 0, spent: 0, held_limit: ScriptEngine.heldLimit, spent_limit: ScriptEngine.spentLimit))
        context = script_heap(budget)
        guard let context else { return nil }
        let code = program.withUnsafeBytes { script_run(context, ScriptEngine.input($0, flag: false)) }
        guard code == 0 else { return nil }
    }

    deinit {
        if let context { duk_destroy_heap(context) }
        budget.deallocate()
    }

    /// The result of the program's function `typeset(text, flag)`; nil where it failed or asked for too much.
    func typeset(_ text: String, _ flag: Bool) -> String? {
        guard let context else { return nil }
        budget.pointee.spent = 0
        let units = ScriptEngine.encoded(text)
        var length = 0
        let result = units.withUnsafeBytes { script_call(context, ScriptEngine.input($0, flag: flag), &length) }
        defer { script_end_call(context) }
        return result.map { ScriptEngine.decoded(UnsafeRawBufferPointer(start: $0, count: length)) }
    }

    private static func input(_ bytes: UnsafeRawBufferPointer, flag: Bool) -> script_input {
        script_input(
            text: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), length: bytes.count, flag: flag ? 1 : 0)
    }

    /// UTF-16 units, each as UTF-8 would write it (CESU-8): the interpreter's strings are of units.
    private static func encoded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for unit in text.utf16 {
            switch unit {
            case 0..<0x80: bytes.append(UInt8(unit))
            case 0x80..<0x800: bytes += [0xC0 | UInt8(unit >> 6), 0x80 | UInt8(unit & 0x3F)]
            default: bytes += [0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
            }
        }
        return bytes
    }

    private static func decoded(_ bytes: UnsafeRawBufferPointer) -> String {
        var units: [UInt16] = []
        var index = 0
        func part(_ offset: Int) -> UInt16 { index + offset < bytes.count ? UInt16(bytes[index + offset] & 0x3F) : 0 }
        while index < bytes.count {
            let byte = UInt16(bytes[index])
            switch byte {
            case 0..<0x80:
                units.append(byte)
                index += 1
            case 0x80..<0xE0:
                units.append((byte & 0x1F) << 6 | part(1))
                index += 2
            default:
                units.append((byte & 0xF) << 12 | part(1) << 6 | part(2))
                index += 3
            }
        }
        return String(decoding: units, as: UTF16.self)
    }
}
