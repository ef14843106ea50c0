import Markup

/// The shape of a point; all of about the same area.
enum Symbol: Sendable, Hashable {
    case circle
    case square
    case triangle
    case diamond

    /// The symbol around a place; `radius` is that of the circle.
    func node(at place: Place, radius: Double, class cssClass: String) -> MarkupNode {
        switch self {
        case .circle:
            .tag(
                "circle",
                ["cx": coordinate(place.x), "cy": coordinate(place.y), "r": coordinate(radius), "class": cssClass])
        case .square: polygon(place, [(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)], radius, cssClass)
        case .triangle: polygon(place, [(0, -1.45), (1.26, 0.73), (-1.26, 0.73)], radius, cssClass)
        case .diamond: polygon(place, [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)], radius, cssClass)
        }
    }

    private func polygon(
        _ place: Place, _ corners: [(Double, Double)], _ radius: Double, _ cssClass: String
    ) -> MarkupNode {
        let places = corners.map { Place(x: place.x + $0.0 * radius, y: place.y + $0.1 * radius) }
        return .tag("path", ["d": pathData([places], isClosed: true), "class": cssClass])
    }
}
