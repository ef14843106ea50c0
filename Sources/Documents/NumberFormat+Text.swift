package import Values

extension NumberFormat {
    /// The one way in which a number becomes text: the same on every machine, in every locale.
    package func text(_ number: Double) -> String { "" }

    /// A number, or an object with `estimate` (and `interval`); nil where the value has no number to write.
    package func text(of value: Value) -> String? { nil }
}
