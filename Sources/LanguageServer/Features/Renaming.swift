import Diagnostics
import Documents

extension AnalysisView {
    /// Why a text cannot be the new id of a directive; nil where it can.
    func refusal(ofID name: String, for id: String) -> String? {
        let isWellFormed =
            name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
            && name.utf8.first.map { (0x61...0x7A).contains($0) } == true
        if !isWellFormed { return "An id has lower-case letters, digits and '-', a letter first" }
        if ["params", "meta"].contains(name) { return "'\(name)' is not free: paths use it" }
        if name != id, directive(name) != nil || equations.contains(where: { $0.name == name }) {
            return "An id belongs to one directive; '\(name)' is taken"
        }
        return nil
    }
}
