/// A number as a person wrote it in the text of a claim: "+3.2%", "−0.40", "1 200", ".03".
package struct WrittenNumber: Sendable, Hashable {
    /// In the unit of the result: "3.2%" is 0.032.
    package var value: Double
    /// Digits behind the point, as written ("3.2%" has one).
    package var decimals: Int
    package var isPercent: Bool
    /// Written with a sign, which a rewrite keeps.
    package var isSigned: Bool
    /// Written with thousands apart.
    package var isGrouped: Bool

    package init(value: Double, decimals: Int, isPercent: Bool, isSigned: Bool, isGrouped: Bool) {
        self.value = value
        self.decimals = decimals
        self.isPercent = isPercent
        self.isSigned = isSigned
        self.isGrouped = isGrouped
    }
}
