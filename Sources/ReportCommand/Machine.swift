import Foundation
import Pipeline
import Workspace

/// The machine that the program runs on, as the rest of it sees it.
struct Machine {
    let workspace: WorkspaceContext
    let trust: Trust
    let processors = ProcessInfo.processInfo.activeProcessorCount

    init() {
        let files = DiskFileSystem()
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
        let working = FileManager.default.currentDirectoryPath
        workspace = WorkspaceContext(
            files: files, workingFolder: files.realPath(of: working) ?? working, home: home, user: getuid())
        let configuration =
            environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home.map { $0 + "/.config" }
        trust = Trust(workspace, configurationHome: configuration)
    }
}
