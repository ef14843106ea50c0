import Foundation
import Testing

@testable import Workspace

@Suite struct ProcessRunnerTests {
    private let runner = SystemProcessRunner()

    private func shell(_ script: String, _ change: (inout ProcessCommand) -> Void = { _ in }) throws(ProcessFailure)
        -> ProcessOutput
    {
        var command = ProcessCommand("/bin/sh", ["-c", script], environment: ["PATH": "/usr/bin:/bin"])
        change(&command)
        return try runner.run(command)
    }

    @Test func outputsAndExitCodes() throws {
        let answer = try shell("echo out; echo err >&2; exit 7")
        #expect(answer == ProcessOutput(exitCode: 7, output: Array("out\n".utf8), errors: Array("err\n".utf8)))
        #expect(try shell("kill -TERM $$").exitCode == 128 + 15)
        #expect(throws: ProcessFailure.cannotStart("no such file or directory")) {
            try runner.run(ProcessCommand("/nowhere/program", []))
        }
    }

    @Test func aFileIsThereForItsUserWhileItRuns() throws {
        let answer = try shell("") {
            let script = "cat \"$0\"; ls -l \"$0\" | cut -c1-10; ls -ld . | cut -c1-10; echo x > left; pwd"
            $0.arguments = ["-c", script, ProcessCommand.filePlace]
            $0.file = Array("a\nb\n".utf8)
            $0.runsBesideFile = true
        }
        let lines = String(decoding: answer.output, as: UTF8.self).split(separator: "\n")
        #expect(lines.prefix(4) == ["a", "b", "-rw-------", "drwx------"])
        #expect(!FileManager.default.fileExists(atPath: String(lines.last ?? "/")))
    }

    @Test func nothingIsInherited() throws {
        setenv("REPORT_TEST_SECRET", "1", 1)
        let answer = try shell("env; ls /proc/self/fd 2>/dev/null | wc -l") { $0.environment["A"] = "b c" }
        let text = String(decoding: answer.output, as: UTF8.self)
        #expect(text.contains("A=b c\n"))
        #expect(!text.contains("REPORT_TEST_SECRET"))
    }

    @Test func arguments() throws {
        let command = ProcessCommand("/usr/bin/printf", ["%s|", "a b", "$(id)", "", "'\"\n"])
        #expect(String(decoding: try runner.run(command).output, as: UTF8.self) == "a b|$(id)||'\"\n|")
    }

    /// More than any stream between programs holds, both ways at once.
    @Test func inputAndOutputOfAnySize() throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let answer = try shell("cat") {
            $0.input = bytes
            $0.outputLimit = bytes.count
        }
        #expect(answer.output == bytes)
        // One that does not read its input is not waited for, and ends nobody.
        #expect(try shell("exit 3") { $0.input = bytes }.exitCode == 3)
        #expect(try shell("read x; echo \"$x\"") { $0.input = Array("a\nb\n".utf8) }.output == Array("a\n".utf8))
    }

    @Test func bounds() throws {
        #expect(throws: ProcessFailure.saidTooMuch(limit: 1000)) { try shell("yes") { $0.outputLimit = 1000 } }
        let start = ContinuousClock.now
        #expect(throws: ProcessFailure.tookTooLong(seconds: 0.3)) { try shell("sleep 60") { $0.seconds = 0.3 } }
        #expect(throws: ProcessFailure.tookTooLong(seconds: 0.3)) {
            try shell("exec >&- 2>&-; sleep 60") { $0.seconds = 0.3 }
        }
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    /// What a program leaves running ends with it: it holds the streams, and would hold the build.
    @Test func noOrphans() throws {
        let answer = try shell("sleep 300 & echo $!")
        let process = try #require(pid_t(String(decoding: answer.output, as: UTF8.self).filter(\.isNumber)))
        var isGone = false
        for _ in 0..<200 where !isGone {
            // Gone, or dead and not yet collected by the system's first process.
            let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            isGone = kill(process, 0) != 0 || state?.contains(") Z ") == true
            if !isGone { usleep(10_000) }
        }
        #expect(isGone)
    }
}
