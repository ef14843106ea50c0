import Markup

extension Frame {
    /// The part of a segment inside the frame (Liang and Barsky 1984), nil where none is.
    func clip(_ a: Place, _ b: Place) -> (Place, Place)? {
        var from = 0.0
        var to = 1.0
        let dx = b.x - a.x
        let dy = b.y - a.y
        for (p, q) in [(-dx, a.x - left), (dx, right - a.x), (-dy, a.y - top), (dy, bottom - a.y)] {
            if p == 0 {
                if q < 0 { return nil }
            } else if p < 0 {
                from = max(from, q / p)
            } else {
                to = min(to, q / p)
            }
        }
        guard from <= to, from.isFinite, to.isFinite else { return nil }
        return (Place(x: a.x + from * dx, y: a.y + from * dy), Place(x: a.x + to * dx, y: a.y + to * dy))
    }

    /// The parts of a polyline inside the frame, each a run of places.
    func clip(polyline places: [Place]) -> [[Place]] {
        var runs: [[Place]] = []
        for (a, b) in zip(places, places.dropFirst()) {
            guard let (start, end) = clip(a, b) else { continue }
            if runs.last?.last == start {
                runs[runs.count - 1].append(end)
            } else {
                runs.append([start, end])
            }
        }
        return runs
    }

    /// The part of a polygon inside the frame (Sutherland and Hodgman 1974).
    func clip(polygon places: [Place]) -> [Place] {
        let sides: [(inside: (Place) -> Bool, cross: (Place, Place) -> Place)] = [
            ({ $0.x >= left }, { Frame.cross($0, $1, x: left) }),
            ({ $0.x <= right }, { Frame.cross($0, $1, x: right) }),
            ({ $0.y >= top }, { Frame.cross($0, $1, y: top) }),
            ({ $0.y <= bottom }, { Frame.cross($0, $1, y: bottom) }),
        ]
        var current = places
        for side in sides {
            guard var previous = current.last else { return [] }
            var next: [Place] = []
            for place in current {
                if side.inside(place) != side.inside(previous) { next.append(side.cross(previous, place)) }
                if side.inside(place) { next.append(place) }
                previous = place
            }
            current = next
        }
        return current
    }

    private static func cross(_ a: Place, _ b: Place, x: Double) -> Place {
        Place(x: x, y: a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x))
    }

    private static func cross(_ a: Place, _ b: Place, y: Double) -> Place {
        Place(x: a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y: y)
    }
}

/// The path data of runs of places; `isClosed` for areas.
func pathData(_ runs: [[Place]], isClosed: Bool = false) -> String {
    runs.map { run in
        run.enumerated().map { index, place in
            (index == 0 ? "M" : "L") + coordinate(place.x) + "," + coordinate(place.y)
        }.joined() + (isClosed ? "Z" : "")
    }.joined()
}
