/// A polyline without the places that the line between those kept passes within `tolerance` (Douglas and Peucker 1973);
/// its ends stay.
func simplify(_ places: [Spot], within tolerance: Double) -> [Spot] {
    guard places.count > 2 else { return places }
    var isKept = places.map { _ in false }
    isKept[0] = true
    isKept[places.count - 1] = true
    var spans = [(first: 0, last: places.count - 1)]
    while let (first, last) = spans.popLast() {
        guard last - first > 1 else { continue }
        var farthest = (index: first, distance: tolerance * tolerance)
        for index in (first + 1)..<last {
            let distance = squaredDistance(places[index], places[first], places[last])
            if distance > farthest.distance { farthest = (index, distance) }
        }
        guard farthest.index > first else { continue }
        isKept[farthest.index] = true
        spans.append((first, farthest.index))
        spans.append((farthest.index, last))
    }
    return zip(places, isKept).filter(\.1).map(\.0)
}

/// The square of the distance of a place from the segment between two others.
private func squaredDistance(_ place: Spot, _ a: Spot, _ b: Spot) -> Double {
    let (dx, dy) = (Double(b.x - a.x), Double(b.y - a.y))
    let (px, py) = (Double(place.x - a.x), Double(place.y - a.y))
    let length = dx * dx + dy * dy
    let share = length > 0 ? min(1, max(0, (px * dx + py * dy) / length)) : 0
    let (rx, ry) = (px - share * dx, py - share * dy)
    return rx * rx + ry * ry
}
