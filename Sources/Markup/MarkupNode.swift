/// A piece of HTML or SVG as a tree; well-formed however its strings came about.
package indirect enum MarkupNode: Sendable, Hashable {
    case element(Element)
    /// Text: nothing in it is markup.
    case text(String)
    case fragment([MarkupNode])
    /// Markup that this program itself has serialised before. Never a string of an analysis or of data.
    case serialised(String)

    package struct Element: Sendable, Hashable {
        package var name: String
        package var attributes: [Attribute]
        package var children: [MarkupNode]

        package init(_ name: String, attributes: [Attribute] = [], children: [MarkupNode] = []) {
            self.name = name
            self.attributes = attributes
            self.children = children
        }
    }

    package struct Attribute: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// An element; attributes that are nil are left out, the others stand in the order given.
    package static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [MarkupNode] = []
    ) -> MarkupNode {
        let written = attributes.compactMap { name, value in value.map { Attribute(name, $0) } }
        return .element(Element(name, attributes: written, children: children))
    }

    /// An element with nothing but text in it.
    package static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String
    ) -> MarkupNode {
        tag(name, attributes, [.text(text)])
    }

    package static let nothing = MarkupNode.fragment([])

    /// Whether anything would be written.
    package var isEmpty: Bool {
        switch self {
        case .element: false
        case .text(let text), .serialised(let text): text.isEmpty
        case .fragment(let nodes): nodes.allSatisfy(\.isEmpty)
        }
    }
}

extension MarkupNode: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
}
