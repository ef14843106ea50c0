import Foundation
import Markup
import Typesetting
import Workspace

/// A typesetter of this machine, with the KaTeX that is on it.
func machineTypesetter() -> Typesetter {
    Typesetter(
        in: WorkspaceContext(
            files: DiskFileSystem(), workingFolder: "/", home: nil, user: 0,
            environment: ProcessInfo.processInfo.environment))
}

extension Typesetter {
    /// The formula's markup without the `math` element's own attributes; what is wrong with it otherwise.
    func summary(_ tex: String, isDisplay: Bool = false) throws -> String {
        switch try mathML(tex, isDisplay: isDisplay) {
        case .success(.element(let math)): math.children.map(\.serialised).joined()
        case .success(let node): "no element: \(node)"
        case .failure(let fault): "\(fault.range.map { "\($0.lowerBound)-\($0.upperBound) " } ?? "")\(fault.message)"
        }
    }
}
