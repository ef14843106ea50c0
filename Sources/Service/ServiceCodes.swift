package import Diagnostics

extension DiagnosticCode {
    static let needsToken = DiagnosticCode(970, "needs-token")
    static let badTokenFile = DiagnosticCode(972, "bad-token-file")
    static let cannotListen = DiagnosticCode(973, "cannot-listen")
    static let sameModelName = DiagnosticCode(974, "same-model-name")
}

extension Diagnostic {
    /// Why a server could not run, for whoever started it.
    package static func cannotListen(_ fault: ServerFault) -> Diagnostic {
        let reason =
            switch fault.reason {
            case .addressInUse: "another program listens there"
            case .notPermitted: "this user may not"
            case .addressUnavailable: "this machine has no such address"
            case .other: fault.description
            }
        return .error(
            .cannotListen, "A server listens at a free address, which \(fault.address.url) is not", at: nil,
            notes: [.init(reason)])
    }
}
