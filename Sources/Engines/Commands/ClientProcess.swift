package import Datasets
package import Workspace

/// A client that prints the rows of one query, in a process of its own.
package struct ClientProcess: Sendable {
    private let name: String
    private let processes: any ProcessRunner
    /// The program, its environment and bounds; arguments that stand before all others.
    private let command: ProcessCommand
    private let form: RowForm
    private let end: String?
    private let isNoise: @Sendable (Substring) -> Bool

    /// How many bytes one argument can have on Linux, less the NUL at its end (`MAX_ARG_STRLEN`).
    static let longestArgument = 131_071

    /// - Parameters:
    ///   - end: What the client prints behind the last row, where it is asked to.
    ///   - isNoise: Which lines of a client that failed say nothing of the fault.
    package init(
        _ name: String, processes: any ProcessRunner, command: ProcessCommand, form: RowForm, end: String? = nil,
        isNoise: @escaping @Sendable (Substring) -> Bool = { _ in false }
    ) {
        self.name = name
        self.processes = processes
        self.command = command
        self.form = form
        self.end = end
        self.isNoise = isNoise
    }

    /// Everything that it prints.
    @discardableResult
    package func output(
        of arguments: [String], input: String = "", file: String? = nil, limit: Int
    ) throws(DataFault) -> String {
        var own = try started(arguments)
        own.input = Array(input.utf8)
        own.outputLimit = limit
        own.file = file.map { Array($0.utf8) }
        let output: ProcessOutput
        do throws(ProcessFailure) {
            output = try processes.run(own)
        } catch {
            throw fault(error)
        }
        try check(output)
        return String(decoding: output.output, as: UTF8.self)
    }

    /// Runs it and takes its rows as they come. Rows count only once it has ended well: who takes them makes nothing of
    /// them before this returns.
    ///
    /// - Parameters:
    ///   - file: What the argument `<file>` is the path of.
    ///   - form: What it prints this time.
    /// - Returns: The header.
    @discardableResult
    package func read(
        _ arguments: [String], input: String = "", file: String? = nil, form: RowForm? = nil,
        _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) -> [String] {
        var own = try started(arguments)
        own.input = Array(input.utf8)
        own.file = file.map { Array($0.utf8) }
        var reader = RecordReader(file: name, form: form ?? self.form, end: end)
        var fault: DataFault?
        let output: ProcessOutput
        do throws(ProcessFailure) {
            output = try processes.stream(own) { bytes in
                do throws(DataFault) {
                    try reader.take(bytes, body)
                    return true
                } catch {
                    fault = error
                    return false
                }
            }
        } catch {
            throw fault ?? self.fault(error)
        }
        if let fault { throw fault }
        try check(output)
        try reader.take(nil, body)
        return reader.header ?? []
    }

    private func started(_ arguments: [String]) throws(DataFault) -> ProcessCommand {
        if let long = arguments.first(where: { $0.utf8.count > ClientProcess.longestArgument }) {
            throw .engine(
                name, "The query is too long for the client of \(name)",
                "it has \(long.utf8.count) bytes, and an argument of a program at most \(ClientProcess.longestArgument)\n"
                    + "fewer metrics in one directive make shorter queries; in report.yaml, `<file>` in place of `<sql>` has no such bound"
            )
        }
        var own = command
        own.arguments += arguments
        return own
    }

    private func check(_ output: ProcessOutput) throws(DataFault) {
        let code = output.exitCode
        guard code != 0 else { return }
        let how = code > 128 ? "was ended by signal \(code - 128)" : "ended with exit code \(code)"
        let lines = String(decoding: output.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
        throw .engine(
            name, "The client of \(name) \(how)", lines.filter { !isNoise($0) }.joined(separator: "\n"))
    }

    private func fault(_ failure: ProcessFailure) -> DataFault {
        .engine(name, "The client of \(name) failed: \(failure.reason)")
    }
}
