import Foundation
import FuzzTargets

/// libFuzzer over one target, or what its runner needs to know:
///
///     Fuzzing --list                         the targets' names
///     Fuzzing --target=TARGET --prepare DIR  a corpus and a dictionary to begin with, as DIR/TARGET/ and DIR/TARGET.dict
///     Fuzzing --target=TARGET --stress       long inputs of one repeated word: what is slow for them is quadratic
///     Fuzzing --target=TARGET …              libFuzzer's own arguments; it hands all of them to processes that it starts
@main
enum Fuzzing {
    nonisolated(unsafe) private static var target = FuzzTarget.all[0]

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "--list" {
            for target in FuzzTarget.all { print(target.name) }
            return
        }
        guard let named = FuzzTarget.all.first(where: { "--target=\($0.name)" == arguments.first }) else {
            print("--target= is one of \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
            exit(64)
        }
        target = named
        if arguments.count == 3, arguments[1] == "--prepare" { return try prepare(URL(fileURLWithPath: arguments[2])) }
        if arguments.contains("--stress") { return stress() }
        fuzz(CommandLine.arguments)
    }

    // MARK: libFuzzer

    private static func fuzz(_ arguments: [String]) {
        var count = Int32(arguments.count)
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        pointers.withUnsafeMutableBufferPointer { buffer in
            var start = buffer.baseAddress
            let code = runDriver(&count, &start) { data, size in
                Fuzzing.run(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            }
            exit(code)
        }
    }

    /// Checks an input, and ends the program where a property of the target does not hold or it takes too long.
    private static func run(_ bytes: [UInt8]) {
        let seconds = time { check(bytes) }
        if seconds > limit(bytes.count) {
            say("SLOW: \(target.name) takes \(seconds) s for \(bytes.count) bytes")
            abort()
        }
    }

    private static func check(_ bytes: [UInt8]) {
        do {
            try target.check(bytes)
        } catch {
            say("BROKEN: \(target.name): \(error)")
            abort()
        }
    }

    private static func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    /// Seconds of this process, which a busy machine does not stretch.
    private static func time(_ body: () -> Void) -> Double {
        func now() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
        let start = now()
        body()
        return now() - start
    }

    /// What an input may take: a second for 64 KiB, and this program is slowed by its sanitizers about eight times and reads
    /// each input two to four times over.
    private static func limit(_ count: Int) -> Double { 20 * max(1, Double(count) / 65536) }

    // MARK: Corpus

    private static func prepare(_ folder: URL) throws {
        let corpus = folder.appending(path: target.name)
        try FileManager.default.createDirectory(at: corpus, withIntermediateDirectories: true)
        for (index, seed) in target.seeds.enumerated() {
            try Data(seed.utf8).write(to: corpus.appending(path: "seed-\(index)"))
        }
        let lines = target.words.map { word in
            "\"" + word.utf8.map { String(format: "\\x%02X", $0) }.joined() + "\"\n"
        }
        try Data(lines.joined().utf8).write(to: folder.appending(path: "\(target.name).dict"))
    }

    // MARK: Stress

    /// Each word repeated, alone and behind the first seed, closed again and not. What takes more than ten times as long for
    /// four times as much, and more than a second, is not linear.
    private static func stress() {
        var slowest = (seconds: 0.0, word: "")
        var failed = false
        let words = target.words + "()[]{}<>*_`$|\\\"'#-:!&.,;@^~\n \u{E9}".map { String($0) }
        let pairs = ["[]", "{}", "()", "<>", "a b ", "a\n", "a: "]
        for unit in pairs + words.flatMap({ [$0, $0 + "\n", "a" + $0, $0 + " b "] }) {
            for form in [alone, behindSeed, closed] {
                let shorter = time { check(Array(form(unit, 1 << 14).utf8)) }
                guard shorter > 0.05 else { continue }
                let seconds = time { check(Array(form(unit, 1 << 16).utf8)) }
                if seconds > slowest.seconds { slowest = (seconds, unit) }
                guard seconds > 1, seconds > 10 * shorter || seconds > limit(1 << 16) else { continue }
                say(
                    "SLOW: \(target.name) takes \(shorter) s for 16 KiB and \(seconds) s for 64 KiB of \(unit.debugDescription)"
                )
                failed = true
            }
        }
        print("\(target.name): at most \(slowest.seconds) s for 64 KiB, of \(slowest.word.debugDescription)")
        exit(failed ? 1 : 0)
    }

    private static func alone(_ unit: String, _ bytes: Int) -> String {
        String(repeating: unit, count: bytes / unit.utf8.count)
    }

    private static func behindSeed(_ unit: String, _ bytes: Int) -> String {
        (target.seeds.first ?? "") + "\n" + alone(unit, bytes)
    }

    private static func closed(_ unit: String, _ bytes: Int) -> String {
        alone(unit, bytes / 2) + alone(String(unit.reversed().map(mirrored)), bytes / 2)
    }

    private static func mirrored(_ character: Character) -> Character {
        ["(": ")", "[": "]", "{": "}", "<": ">"][character] ?? character
    }
}

/// libFuzzer's entry for programs with a main function of their own.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
