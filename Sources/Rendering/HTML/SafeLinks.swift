/// A link's destination where it is one that a report may hold, nil where following it could run something or reach
/// into the reader's machine.
///
/// Only `http`, `https`, `mailto` and places without a scheme pass. Control characters and white space, which browsers
/// skip when they look for a scheme, are no way around: a destination that holds any is refused. So is an empty one,
/// which is what the parser leaves of a destination that it refuses.
func safeDestination(_ destination: String) -> String? {
    guard !destination.isEmpty else { return nil }
    guard destination.unicodeScalars.allSatisfy({ $0.value > 0x20 && !(0x7F...0x9F).contains($0.value) }) else {
        return nil
    }
    let head = destination.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let colon = head.firstIndex(of: ":") else { return destination.hasPrefix("//") ? nil : destination }
    return ["http", "https", "mailto"].contains(head[..<colon].lowercased()) ? destination : nil
}
