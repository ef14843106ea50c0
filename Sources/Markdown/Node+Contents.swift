extension Node {
    /// What a tree has somewhere, so that who looks for it passes over the branches that have none.
    package struct Contents: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let formula = Contents(rawValue: 1)
        package static let image = Contents(rawValue: 2)
        package static let link = Contents(rawValue: 4)
        package static let heading = Contents(rawValue: 8)
        /// Text with an `@`, which a reference or a citation begins with.
        package static let mention = Contents(rawValue: 16)
        /// A definition of one, or a reference to it.
        package static let footnote = Contents(rawValue: 32)

        init(of kind: Kind) {
            switch kind {
            case .formula: self = .formula
            case .image: self = .image
            case .link: self = .link
            case .heading: self = .heading
            case .footnoteDefinition, .footnoteReference: self = .footnote
            case .text(let text) where text.utf8.contains(UInt8(ascii: "@")): self = .mention
            default: self = []
            }
        }
    }
}
