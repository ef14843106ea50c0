extension NumberFormat {
    /// Reads a format as the language writes it; nil where it is none.
    package init?(parsing text: some StringProtocol) {
        nil
    }

    /// What may be written, for a diagnostic.
    package static let allowed = "'.2f', '+.1%', '.3g', ',', 'e', 'p' and 'interval .2f'"
}
