package import Diagnostics

extension ServerFault {
    /// What to tell who wanted a preview there.
    var diagnostic: Diagnostic {
        switch reason {
        case .addressInUse:
            .error(
                .portTaken, "Another program listens on port \(address.port)", at: nil,
                notes: [
                    .init(
                        "--port 0 takes one that is free, --port N another; a preview that runs already is at \(address.url)/"
                    )
                ])
        default:
            .error(
                .cannotListen, "Nothing can listen at \(address.url)", at: nil, notes: [.init(description)])
        }
    }
}

extension DiagnosticCode {
    package static let portTaken = DiagnosticCode(960, "port-taken")
    package static let cannotListen = DiagnosticCode(961, "cannot-listen")
    package static let openPreview = DiagnosticCode(962, "open-preview")
}

extension Diagnostic {
    /// Said where a preview may be reached from other machines.
    package static func openPreview(at address: ServerAddress) -> Diagnostic {
        .warning(
            .openPreview, "Whoever reaches \(address.host) can read this preview", at: nil,
            notes: [.init("without --host only programs of this machine can")])
    }
}
