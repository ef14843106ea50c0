package import Diagnostics

extension DiagnosticCode {
    static let openPreview = DiagnosticCode(960, "open-preview")
}

extension Diagnostic {
    /// Said where a preview may be reached from other machines.
    package static func openPreview(at address: ServerAddress) -> Diagnostic {
        .warning(
            .openPreview, "Whoever reaches \(address.host) can read this preview", at: nil,
            notes: [.init("without --host only programs of this machine can")])
    }

    /// Why a preview could not be served.
    static func noPreview(_ fault: ServerFault) -> Diagnostic {
        var diagnostic = cannotListen(fault)
        if fault.reason == .addressInUse {
            diagnostic.notes.append(
                .init("perhaps it is a preview that runs already; --port 0 takes a port that is free"))
        }
        return diagnostic
    }
}
