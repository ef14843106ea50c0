package import Diagnostics

/// What a project's `report.yaml` says of its audit trail.
package struct AuditSettings: Sendable {
    /// The trail's folder as written, and where that stands; nil for `audit` in the output folder.
    package var path: (text: String, range: SourceRange)?
    /// What the trail's checkpoints call it.
    package var origin: String?

    /// Those of a project that says nothing.
    package init() {}
}

extension AuditSettings {
    static let keys: [KeySchema] = [
        KeySchema(
            "path", .string, default: "output/audit",
            "The folder of the audit trail, from the project's root. One outside the project is used once the project is "
                + "trusted. `--output` goes before it."),
        KeySchema(
            "origin", .name,
            "What checkpoints call the trail, as `example.com/experiments/audit`: a name that no other trail has, fixed once "
                + "the trail has begun. The first signer's name otherwise."),
    ]

    /// What is wrong is diagnosed and left out.
    init(reading node: OptionNode, diagnostics: inout [Diagnostic]) {
        if let written = node["path"], let text = written.string {
            if AuditSettings.isFolder(text) {
                path = (text, written.range)
            } else {
                diagnostics.append(
                    .error(
                        .wrongType,
                        "The audit trail lies in a folder of its own: not the project itself, and none that is hidden",
                        at: written.range))
            }
        }
        if let written = node["origin"], let text = written.string {
            if AuditSettings.isOrigin(text) {
                origin = text
            } else {
                diagnostics.append(
                    .error(
                        .wrongType, "An origin has no blanks and no '+', as example.com/experiments/audit",
                        at: written.range))
            }
        }
    }

    private static func isFolder(_ text: String) -> Bool {
        let parts = text.split(separator: "/")
        return !text.unicodeScalars.contains { $0.value < 0x20 || $0 == "\\" || $0.value == 0x7F }
            && parts.contains { $0 != "." && $0 != ".." }
            && parts.allSatisfy { !$0.hasPrefix(".") || $0 == ".." || $0 == "." }
    }

    /// By the rule of C2SP signed notes for names of keys.
    private static func isOrigin(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 255
            && text.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.properties.generalCategory != .control
            }
    }
}
