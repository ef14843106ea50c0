package import Datasets
package import Workspace

/// A client that prints the rows of one query as delimited text, in a process of its own.
package struct ClientProcess: Sendable {
    private let name: String
    private let processes: any ProcessRunner
    /// The program, its environment and bounds; arguments that stand before all others.
    private let command: ProcessCommand
    private let null: String?
    private let delimiter: UInt8
    private let end: String?

    package init(
        _ name: String, processes: any ProcessRunner, command: ProcessCommand, null: String?,
        delimiter: UInt8 = UInt8(ascii: ","), end: String? = nil
    ) {
        self.name = name
        self.processes = processes
        self.command = command
        self.null = null
        self.end = end
        self.delimiter = delimiter
    }

    /// Everything that it prints.
    package func output(of arguments: [String], limit: Int) throws(DataFault) -> String {
        var own = command
        own.arguments += arguments
        own.outputLimit = limit
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
    /// - Returns: The header.
    @discardableResult
    package func read(
        _ arguments: [String], input: String = "", _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) -> [String] {
        var own = command
        own.arguments += arguments
        own.input = Array(input.utf8)
        var reader = RecordReader(file: name, delimiter: delimiter, null: null, end: end)
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

    private func check(_ output: ProcessOutput) throws(DataFault) {
        let code = output.exitCode
        guard code != 0 else { return }
        let how = code > 128 ? "was ended by signal \(code - 128)" : "ended with exit code \(code)"
        throw .engine(name, "The client of \(name) \(how)", String(decoding: output.errors, as: UTF8.self))
    }

    private func fault(_ failure: ProcessFailure) -> DataFault {
        .engine(name, "The client of \(name) failed: \(failure.reason)")
    }
}
