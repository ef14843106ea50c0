import ArgumentParser
import Pipeline

/// Where to publish.
struct PublishTargets: ParsableArguments {
    @Option(
        name: .long, help: ArgumentHelp("A folder; the site changes there in one step.", valueName: "folder"),
        completion: .directory)
    var to: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A repository, by a remote of the project's own, an address by https or ssh, or a folder.",
            valueName: "remote"))
    var git: String?

    @Option(name: .long, help: "The branch that is the site, with --git. (default: gh-pages)")
    var branch: String?

    @Flag(
        exclusivity: .exclusive,
        help: "With --git: a commit after those of the branch (the default), or the branch's only one.")
    var history: BranchHistory?

    @Option(
        name: .long,
        help: ArgumentHelp("A folder that rsync writes to, of this or another machine.", valueName: "user@host:folder"))
    var rsync: String?

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp(
            "Pages in the documents of a tool, mkdocs or docusaurus, in a folder of them.", valueName: "tool folder"))
    var into: [String] = []

    func validate() throws {
        if git == nil, branch != nil || history != nil {
            throw ValidationError("--branch, --history and --orphan tell of a repository: --git REMOTE.")
        }
        if !into.isEmpty, into.count != 2 || DocumentationTool(rawValue: into[0]) == nil {
            throw ValidationError(
                "--into takes a tool, mkdocs or docusaurus, and a folder in its documents; analyses stand before it.")
        }
    }

    /// Those that were named.
    var named: [Publication.Target] {
        var targets: [Publication.Target] = []
        if let to { targets.append(.folder(to)) }
        if let git {
            targets.append(
                .git(.init(remote: git, branch: branch ?? "gh-pages", keepsHistory: history != .orphan)))
        }
        if let rsync { targets.append(.rsync(rsync)) }
        if into.count == 2, let tool = DocumentationTool(rawValue: into[0]) { targets.append(.tree(tool, into[1])) }
        return targets
    }
}

enum BranchHistory: String, EnumerableFlag {
    case history
    case orphan
}

/// `drafts,unverified`.
struct FaultList: ExpressibleByArgument {
    var faults: Set<PublicationFault>

    init?(argument: String) {
        let names = argument.split(separator: ",").map(String.init)
        let faults = names.compactMap { PublicationFault(rawValue: $0) }
        guard !faults.isEmpty, faults.count == names.count else { return nil }
        self.faults = Set(faults)
    }

    static var allValueStrings: [String] { PublicationFault.allCases.map(\.rawValue) }
}
