import Diagnostics
import Digests
import Execution
import Values
import Workspace

/// Which files the sweeps of an analysis wrote, with their digests, so that reports of values which a sweep no longer
/// has can go.
///
/// It is kept below `.report/sweeps` under the user's key, so that no cloned project can name files to remove, and where
/// pruning the cache does not lose it.
struct SweepManifest {
    private let entries: BuildCache
    private let output: OutputFolder
    /// Of the analysis, below the output folder.
    private let outputName: String
    private let name: String

    init(of analysis: Analysis, in entries: BuildCache, output: OutputFolder) {
        self.entries = entries
        self.output = output
        outputName = analysis.outputName
        // From the project's root, so that a project may be moved.
        name = sha256("sweep \(analysis.project.shown(output.root)) \(analysis.outputName)".utf8)
    }

    /// Takes over what a build wrote and, where it succeeded, removes what earlier ones wrote and its sweep has no more.
    ///
    /// - Parameters:
    ///   - members: The reports that the sweep has, built or not; none where the analysis is one report.
    ///   - outcomes: Of the build, the index last.
    ///   - isWhole: False where the build was asked for a part of what the analysis sweeps: then nothing is removed.
    /// - Returns: The absolute paths of what was removed.
    func update(members: [SweepPlan.Member], outcomes: [Build.Outcome], isWhole: Bool) -> [String] {
        let old = files()
        if members.isEmpty, old.isEmpty { return [] }
        var new = old
        for outcome in outcomes where outcome.analysis.variant != nil && outcome.succeeded {
            for (file, digest) in zip(outcome.files, outcome.digests) {
                new[Paths.relative(file, to: output.root)] = digest
            }
        }
        var removed: [String] = []
        if isWhole, outcomes.last?.succeeded == true {
            let names = Set(members.map { "\(outputName)/\($0.name)" })
            let reports = new.keys.filter { !SweepManifest.belongs($0, to: names) }.map(SweepManifest.report)
            // First, while a folder that they alone would keep is still there.
            for proof in Set(reports).sorted().flatMap({ ReportProofs.own(of: $0, in: output) }) {
                _ = output.remove(proof.path, sha256: proof.sha256, below: outputName)
            }
            for path in new.keys.sorted() where !SweepManifest.belongs(path, to: names) {
                guard let digest = new[path] else { continue }
                switch output.remove(path, sha256: digest, below: outputName) {
                case .removed: removed.append(Paths.joined(output.root, path))
                // Not as it was written: it is someone else's now.
                case .isOther: break
                case .failed: continue
                }
                new[path] = nil
            }
        }
        if new != old { entries.store(.object(Object(new.sorted { $0.key < $1.key }.map { ($0, .string($1)) })), name) }
        return removed
    }

    private func files() -> [String: String] {
        var files: [String: String] = [:]
        for (path, digest) in entries.value(name)?.object ?? [:] { files[path] = digest.string }
        return files
    }

    /// The report that a file is, or that a figure is of.
    static func report(of path: String) -> String {
        let folder = Paths.parent(of: path)
        if folder.hasSuffix("_files") { return String(folder.dropLast("_files".count)) }
        return path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    }

    /// Whether a file is a report of one of these names, or a figure of one.
    private static func belongs(_ path: String, to names: Set<String>) -> Bool {
        let folder = Paths.parent(of: path)
        if let dot = path.lastIndex(of: "."), names.contains(String(path[..<dot])) { return true }
        return folder.hasSuffix("_files") && names.contains(String(folder.dropLast("_files".count)))
    }
}
