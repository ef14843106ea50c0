/// Points that follow each other as one group, which says once what they have in common.
func gatheredPoints(_ pieces: [Piece]) -> [Piece] {
    var out: [Piece] = []
    var points: [Piece.Group] = []
    func flush() {
        if !points.isEmpty {
            let group = gathered(points)
            out.append(group.asDots ?? .group(group))
        }
        points = []
    }
    for piece in pieces {
        if case .group(let group) = piece, group.isPoint {
            points.append(group)
        } else {
            flush()
            out.append(piece)
        }
    }
    flush()
    return out
}

/// The group of points: their tips' place is its origin, and the class and size of dots and intervals are its own.
private func gathered(_ points: [Piece.Group]) -> Piece.Group {
    var group = Piece.Group(cssClass: "pts", pieces: [])
    var points = points
    if let tip = sharedTip(points) {
        let tenths = tip.place.tenths
        group.origin = Spot(x: tenths.x * 10, y: tenths.y * 10)
        group.cssClass = joinedClasses(group.cssClass, "tips", anchorClass(tip.anchor))
        let shift = Spot.zero - group.origin
        for index in points.indices {
            points[index].pieces = points[index].pieces.map { $0.isTip ? $0.bare : $0.moved(by: shift) }
        }
    }
    let shapes = points.flatMap(\.pieces).compactMap { piece -> Piece.Shape? in
        if case .shape(let shape) = piece { shape } else { nil }
    }
    if let name = fillClass(of: shapes) {
        group.cssClass = joinedClasses(group.cssClass, name)
        points = points.map { point in point.withoutClass(name) { !$0.isSegment } }
        if let radius = sharedRadiusClass(shapes.filter { $0.cssClass == name }) {
            group.cssClass = joinedClasses(group.cssClass, "round", radius)
            points = points.map(\.withDots)
        }
        if let name = lineClass(besides: shapes.filter { !$0.isCircle }) {
            group.cssClass = joinedClasses(group.cssClass, name)
            points = points.map { point in point.withoutClass(name) { $0.isSegment } }
        }
    }
    if points.allSatisfy(\.isDoubleInterval) {
        group.cssClass = joinedClasses(group.cssClass, "thin-thick")
        points = points.map { point in
            point.withoutClass("thin") { $0.isSegment }.withoutClass("thick") { $0.isSegment }
        }
    }
    group.pieces = points.map { $0.simplest }
    return group
}

/// The tip of all points that have one, where it stands at one place and everything can move.
private func sharedTip(_ points: [Piece.Group]) -> Piece.Words? {
    let pieces = points.flatMap(\.pieces)
    let tips = pieces.compactMap { piece -> Piece.Words? in
        if case .words(let words) = piece, piece.isTip { words } else { nil }
    }
    guard let first = tips.first,
        tips.allSatisfy({ $0.place == first.place && $0.anchor == first.anchor && $0.rotation == nil }),
        pieces.allSatisfy({ piece in
            switch piece {
            case .shape: true
            case .words(let words): words.cssClass != nil && words.rotation == nil
            case .group, .other: false
            }
        })
    else { return nil }
    return first
}

/// The class of all dots, where what else there is has no area or a fill of its own.
private func fillClass(of shapes: [Piece.Shape]) -> String? {
    ["dot", "solid"].first { name in
        shapes.contains { $0.cssClass == name }
            && shapes.allSatisfy { $0.isSegment || [name, "edge", "open"].contains($0.cssClass) }
    }
}

/// The class of the lines of most points where all there is beside filled circles are lines, and arrows at the frame.
private func lineClass(besides shapes: [Piece.Shape]) -> String? {
    let others = shapes.filter { $0.cssClass != "edge" }
    guard others.allSatisfy(\.isSegment) else { return nil }
    return ["bar", "thin", "hair"].first { name in others.contains { $0.cssClass == name } }
}

/// The class of the radius of dots that are all circles of one size; they are then drawn as lines without length, whose
/// round ends they are.
private func sharedRadiusClass(_ dots: [Piece.Shape]) -> String? {
    guard case .circle(_, let radius)? = dots.first?.form, FigureStyle.sharedRadii.contains(inTenths(radius)),
        dots.count > 2, dots.allSatisfy({ if case .circle(_, radius) = $0.form { true } else { false } })
    else { return nil }
    return "r\(inTenths(radius))"
}

extension Piece {
    fileprivate var isTip: Bool {
        if case .words(let words) = self { words.cssClass == "tip" } else { false }
    }

    /// A text that stands at the origin of its group and looks as its group says.
    fileprivate var bare: Piece {
        guard case .words(var words) = self else { return self }
        words.place = .zero
        words.cssClass = nil
        words.anchor = nil
        return .words(words)
    }

    fileprivate func moved(by shift: Spot) -> Piece {
        switch self {
        case .shape(var shape):
            switch shape.form {
            case .circle(let centre, let radius): shape.form = .circle(centre: centre + shift, radius: radius)
            case .outline(let outline): shape.form = .outline(outline.moved(by: shift))
            }
            return .shape(shape)
        case .words(var words):
            words.place = words.place + shift
            return .words(words)
        case .group, .other: return self
        }
    }
}

extension Piece.Shape {
    var isCircle: Bool { if case .circle = form { true } else { false } }
}

extension Piece.Group {
    /// Whether the point is a thin line, a thick one over it, and then what has no class of its own.
    fileprivate var isDoubleInterval: Bool {
        let classes = pieces.compactMap { piece -> (name: String?, isLine: Bool)? in
            if case .shape(let shape) = piece { (shape.cssClass, shape.isSegment) } else { nil }
        }
        return classes.count > 1 && classes[0] == ("thin", true) && classes[1] == ("thick", true)
            && classes.dropFirst(2).allSatisfy { $0.name == nil && !$0.isLine }
    }

    fileprivate func changed(_ change: (inout Piece.Shape) -> Void) -> Piece.Group {
        var group = self
        group.pieces = pieces.map { piece in
            guard case .shape(var shape) = piece else { return piece }
            change(&shape)
            return .shape(shape)
        }
        return group
    }

    fileprivate func withoutClass(_ name: String, where isMeant: (Piece.Shape) -> Bool) -> Piece.Group {
        changed { if isMeant($0), $0.cssClass == name { $0.cssClass = nil } }
    }

    /// Circles that have no class of their own as lines without length.
    fileprivate var withDots: Piece.Group {
        changed { shape in
            if shape.cssClass == nil, case .circle(let centre, _) = shape.form {
                shape.form = .outline(Outline([.init(places: [centre, centre])]))
            }
        }
    }

    /// Round dots without names as one path, whose ends are round.
    fileprivate var asDots: Piece? {
        guard let cssClass, cssClass.hasPrefix("pts dot round "), pieces.count > 20 else { return nil }
        var runs: [Outline.Run] = []
        for piece in pieces {
            guard case .shape(let shape) = piece, shape.title == nil, shape.cssClass == nil,
                case .outline(let dot) = shape.form
            else { return nil }
            runs += dot.runs
        }
        return .shape(.init(form: .outline(Outline(runs)), cssClass: "dots" + cssClass.dropFirst(13)))
    }

    /// A point of one shape that cannot be reached by keyboard is that shape.
    fileprivate var simplest: Piece {
        guard !isReachable, pieces.count == 1, case .shape(var shape) = pieces[0], shape.cssClass == nil else {
            return .group(self)
        }
        shape.title = label
        return .shape(shape)
    }
}
