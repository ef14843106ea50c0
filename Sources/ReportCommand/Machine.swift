import Diagnostics
import Foundation
import Pipeline
import Workspace

/// The machine that the program runs on, as the rest of it sees it.
struct Machine {
    let workspace: WorkspaceContext
    let trust: Trust
    let cache: ProjectCache
    /// Where the user's configuration lies; nil without a home.
    let configurationHome: String?
    let processors = ProcessInfo.processInfo.activeProcessorCount

    /// The file of the program that is running.
    var executable: String? { Bundle.main.executablePath.flatMap { workspace.files.realPath(of: $0) } }

    init(files: any FileSystem = DiskFileSystem()) {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
        let working = FileManager.default.currentDirectoryPath
        workspace = WorkspaceContext(
            files: files, workingFolder: files.realPath(of: working) ?? working, home: home, user: getuid(),
            environment: environment, processes: SystemProcessRunner(), now: { Int64(time(nil)) })
        let configuration =
            environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home.map { $0 + "/.config" }
        configurationHome = configuration
        trust = Trust(workspace, configurationHome: configuration)
        cache = ProjectCache(workspace, configurationHome: configuration)
    }

    /// What every build on this machine is asked for.
    var options: BuildOptions {
        var options = BuildOptions()
        options.executable = executable
        options.jobs = processors
        return options
    }

    func build(_ options: BuildOptions) -> Build { Build(options, in: workspace, trust: trust, cache: cache) }

    /// The project that a file or folder belongs to, as a person typed it.
    func project(of path: String) -> Result<Project, Diagnostic> {
        guard let typed = workspace.existingPath(path), let real = workspace.files.realPath(of: typed) else {
            return .failure(.error(.missingFile, "There is no file or folder \(path)", at: nil))
        }
        let isFolder = workspace.files.status(of: real)?.kind == .folder
        return Project.containing(isFolder ? Paths.joined(real, "report.yaml") : real, in: workspace)
    }
}
