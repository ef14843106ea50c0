package import Diagnostics
import Estimation
import Values
package import Workspace

/// What units are to be generated.
package struct UnitDataOptions: Sendable {
    package var units: Int
    package var experiments = 1
    package var metrics = 1
    /// Treatments of an experiment.
    package var arms = 1
    /// Of an experiment; 0 for none.
    package var clusters = 0
    package var mean = 10.0
    /// The standard deviation of true effects, in those of units.
    package var effect = 0.1
    package var seed: UInt64 = 1

    package init(units: Int) { self.units = units }
}

/// Generated units, written as they are drawn, and beside them a file of what is true of them.
package struct UnitDataFile {
    let units: GeneratedUnits
    private let seed: UInt64
    let workspace: WorkspaceContext

    package init(_ options: UnitDataOptions, in workspace: WorkspaceContext) {
        units = GeneratedUnits(options)
        seed = options.seed
        self.workspace = workspace
    }

    /// Writes the file and its truth: `units.csv` and `units.truth.json`.
    ///
    /// - Parameter replaces: Whether files that are there may be written over.
    /// - Returns: Their absolute paths.
    package func write(to typed: String, replaces: Bool) throws(Diagnostic) -> [String] {
        let path = try place(typed, endings: ["csv"])
        let beside = UnitDataFile.truth(beside: path)
        try requireFree([path, beside], replaces: replaces)
        let pieces = units.pieces()
        var isBegun = false
        do throws(FileError) {
            try workspace.files.write(path) {
                guard isBegun else {
                    isBegun = true
                    return Array((units.columns.map(\.name).joined(separator: ",") + "\n").utf8)
                }
                return pieces()
            }
        } catch {
            throw .unwritableData(error)
        }
        try writeTruth(to: beside)
        return [path, beside]
    }

    // MARK: Where to write

    /// The absolute path of a file with one of some endings.
    func place(_ typed: String, endings: [String]) throws(Diagnostic) -> String {
        let path = Paths.normalised(workspace.absolute(typed))
        guard endings.contains(where: { path.hasSuffix(".\($0)") && !path.hasSuffix("/.\($0)") }) else {
            let list = endings.map { ".\($0)" }.joined(separator: ", ")
            throw .error(.dataTarget, "Generated units are a file that ends in \(list); \(typed) does not", at: nil)
        }
        return path
    }

    static func truth(beside path: String) -> String {
        String(path.dropLast(Paths.pathExtension(of: path).count + 1)) + ".truth.json"
    }

    /// Holds places to have nothing at them, but for what is true of the same units.
    func requireFree(_ files: [String], replaces: Bool) throws(Diagnostic) {
        for file in files {
            switch workspace.files.linkStatus(of: file)?.kind {
            case nil: break
            case .file where replaces: break
            case .file where (try? workspace.files.contents(of: file, limit: truth.count + 1)) == truth: break
            case .file:
                throw .error(
                    .dataTarget, "\(Paths.relative(file, to: workspace.workingFolder)) is there already", at: nil,
                    notes: [.init("--out names another file, --force writes over this one")])
            default: throw .error(.dataTarget, "Something that is no file stands at \(file)", at: nil)
            }
        }
    }

    private var truth: [UInt8] {
        Array((UnitDataTruth(units.population, seed: seed).value.compactJSON + "\n").utf8)
    }

    func writeTruth(to path: String) throws(Diagnostic) {
        do throws(FileError) { try workspace.files.replace([FileContent(path: path, bytes: truth)]) } catch {
            throw .unwritableData(error)
        }
    }
}

extension Diagnostic {
    static func unwritableData(_ error: FileError) -> Diagnostic {
        .error(.unwritableOutput, "The data cannot be written: \(error.path): \(error.reason)", at: nil)
    }
}

extension DiagnosticCode {
    package static let dataTarget = DiagnosticCode(506, "data-target")
}
