/// Other programs as this one runs them: never through a shell, in bounds of time and output, and none outlives its call.
package protocol ProcessRunner: Sendable {
    /// Runs a program to its end. An exit code other than 0 is no failure: it is the caller's to judge.
    func run(_ command: ProcessCommand) throws(ProcessFailure) -> ProcessOutput
    /// The same, its output given on piece by piece as it comes, so that it may be of any length: none is left in what is
    /// returned. Once `receive` says false the program is ended.
    func stream(
        _ command: ProcessCommand, _ receive: (UnsafeRawBufferPointer) -> Bool
    ) throws(ProcessFailure) -> ProcessOutput
}

extension ProcessRunner {
    /// Of a program that was run to its end.
    package func stream(
        _ command: ProcessCommand, _ receive: (UnsafeRawBufferPointer) -> Bool
    ) throws(ProcessFailure) -> ProcessOutput {
        var result = try run(command)
        _ = result.output.withUnsafeBytes { receive($0) }
        result.output = []
        return result
    }
}

/// A program to be run, and the bounds of it.
package struct ProcessCommand: Sendable {
    /// The program's file, absolute: no search path is asked.
    package var executable: String
    package var arguments: [String]
    /// All of it: nothing of this program's own environment is passed on.
    package var environment: [String: String]
    package var input: [UInt8]
    /// Where it runs, absolute; nil for where this program does.
    package var folder: String?
    /// What lies in a file while it runs, in a folder that nobody else can look into and that is gone afterwards; the argument
    /// `filePlace` becomes its path. nil for no such file.
    package var file: [UInt8]?
    /// Whether it runs in that folder, where what it leaves behind goes, too.
    package var runsBesideFile = false
    /// After so many seconds it is ended.
    package var seconds: Double
    /// At most so many bytes of output, and as many of errors.
    package var outputLimit: Int
    /// At most so many bytes of data, where the system can be told so of another program; nil for no bound.
    package var memory: Int?

    package static let filePlace = "<file>"

    package init(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [],
        seconds: Double = 60, outputLimit: Int = 1 << 20
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.input = input
        self.seconds = seconds
        self.outputLimit = outputLimit
    }
}

package struct ProcessOutput: Sendable, Hashable {
    /// As the program gave it, or 128 and the number of the signal that ended it, as shells have it.
    package var exitCode: Int32
    package var output: [UInt8]
    package var errors: [UInt8]

    package init(exitCode: Int32, output: [UInt8], errors: [UInt8] = []) {
        self.exitCode = exitCode
        self.output = output
        self.errors = errors
    }
}

/// A program that could not be run, or that was ended because it left its bounds.
package enum ProcessFailure: Error, Hashable, Sendable {
    /// With the reason as the system gives it.
    case cannotStart(String)
    case tookTooLong(seconds: Double)
    case saidTooMuch(limit: Int)

    package var reason: String {
        switch self {
        case .cannotStart(let reason): "it cannot be started: \(reason)"
        case .tookTooLong(let seconds): "it took longer than \(Int(seconds)) s"
        case .saidTooMuch(let limit): "it wrote more than \(limit) bytes"
        }
    }
}
