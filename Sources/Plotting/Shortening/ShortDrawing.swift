package import Markup

/// A drawing of a page in fewer bytes: the same marks, names and texts, to a tenth of a unit, about a tenth of a pixel.
///
/// Lines of one class become one path, paths count from place to place and leave out what does not bend them, and what
/// the texts or points of a group have in common stands once, on the group. `FigureStyle.shortRules` go with it. What
/// this does not know it leaves as it is, and so it does other drawings than figures. Without `namesAllPoints` those that
/// cannot be reached by keyboard lose their names.
package func shortened(drawing svg: MarkupNode, namesAllPoints: Bool = true) -> MarkupNode {
    guard case .element(var element) = svg,
        element.attributes.contains(where: { $0.name == "class" && $0.value.hasPrefix("plot") })
    else { return svg }
    let pieces = Piece.read(element.children)
    element.children = tidied(namesAllPoints ? pieces : pieces.map(\.withoutUnreachableNames)).map { $0.node }
    // A page's drawings need not say what HTML knows.
    element.attributes.removeAll { $0.name == "xmlns" }
    return .element(element)
}

/// Pieces with what is in them merged and ordered.
func tidied(_ pieces: [Piece]) -> [Piece] {
    let inner = pieces.map { piece -> Piece in
        guard case .group(var group) = piece else { return piece }
        group.pieces = tidied(group.pieces)
        return .group(group)
    }
    return gatheredPoints(gatheredLines(joinedCurves(inner)))
}

extension Piece {
    fileprivate var withoutUnreachableNames: Piece {
        guard case .group(var group) = self else { return self }
        if group.isPoint, !group.isReachable { group.label = nil }
        group.pieces = group.pieces.map(\.withoutUnreachableNames)
        return .group(group)
    }
}

/// How far a curve may move, in hundredths.
private let tolerance = 5.0
/// The same for the edge of an area under a curve that is drawn itself.
private let looseTolerance = 20.0

/// The area under a curve and the curve as one path where both run alike.
private func joinedCurves(_ pieces: [Piece]) -> [Piece] {
    var out: [Piece] = []
    for piece in pieces {
        guard case .shape(var shape) = piece, case .outline(let outline) = shape.form else {
            out.append(piece)
            continue
        }
        if case .shape(let area)? = out.last, let soft = area.areaClass, shape.cssClass?.hasPrefix("stroke") == true,
            case .outline(let filled) = area.form, isClosed(filled, by: outline)
        {
            out.removeLast()
            shape.cssClass = (shape.cssClass ?? "") + " under " + soft
        }
        let isArea = shape.cssClass?.hasPrefix("area") == true
        shape.form = .outline(outline.simplified(within: isArea ? looseTolerance : tolerance))
        out.append(.shape(shape))
    }
    return out
}

/// Whether filling a stroke, which closes it straight, fills about the same area.
private func isClosed(_ area: Outline, by stroke: Outline) -> Bool {
    guard area.runs.count == 1, stroke.runs.count == 1 else { return false }
    let (around, along) = (area.runs[0].places, stroke.runs[0].places)
    guard let first = along.first, let last = along.last else { return false }
    if first == last { return around == Array(along.dropLast()) }
    guard around.starts(with: along) else { return false }
    return around.dropFirst(along.count).allSatisfy { foot in
        [first, last].contains { (foot.x - $0.x).magnitude + (foot.y - $0.y).magnitude <= 50 }
    }
}

extension Piece.Shape {
    /// How opaque an area is, where it is one.
    fileprivate var areaClass: String? {
        guard let cssClass, cssClass.hasPrefix("area ") else { return nil }
        return String(cssClass.dropFirst(5))
    }
}

/// Among lines and texts that follow each other: lines of one class as one path, in the order of their classes, and
/// then the texts, neighbours of one class in a group.
private func gatheredLines(_ pieces: [Piece]) -> [Piece] {
    var out: [Piece] = []
    var lines: [Piece.Shape] = []
    var texts: [Piece.Words] = []
    func flush() {
        out += lines.map(Piece.shape) + grouped(texts)
        lines = []
        texts = []
    }
    for piece in pieces {
        switch piece {
        case .shape(let shape) where shape.isSegment:
            if let index = lines.firstIndex(where: { $0.cssClass == shape.cssClass && $0.dash == shape.dash }),
                case .outline(let other) = lines[index].form, case .outline(let own) = shape.form
            {
                lines[index].form = .outline(Outline(other.runs + own.runs))
            } else {
                lines.append(shape)
            }
        case .words(let words): texts.append(words)
        default:
            flush()
            out.append(piece)
        }
    }
    flush()
    return out
}

private func grouped(_ texts: [Piece.Words]) -> [Piece] {
    var out: [Piece] = []
    var rest = texts[...]
    while let first = rest.first {
        let rows = rest.prefix { $0.rowPart != nil }
        if rows.count > 5, rows.contains(where: { $0.rowPart == .name }), rows.contains(where: { $0.rowPart == .note })
        {
            rest = rest.dropFirst(rows.count)
            out.append(.group(.init(cssClass: "row-texts", pieces: rows.map { .words($0.bare) })))
            continue
        }
        let alike = rest.prefix { $0.cssClass == first.cssClass && $0.anchor == first.anchor }
        rest = rest.dropFirst(alike.count)
        guard alike.count > 1, first.cssClass != nil || first.anchor != nil else {
            out += alike.map(Piece.words)
            continue
        }
        let origin = sharedOrigin(Array(alike))
        let members = alike.map { words -> Piece in
            var words = words.bare
            words.place = words.place - origin
            return .words(words)
        }
        out.append(
            .group(
                .init(
                    cssClass: joinedClasses(first.cssClass, anchorClass(first.anchor)), origin: origin, pieces: members)
            ))
    }
    return out
}

/// The x or the y that all of the texts have, as the place that they count from, where that is shorter.
private func sharedOrigin(_ texts: [Piece.Words]) -> Spot {
    guard let first = texts.first?.place.tenths, texts.allSatisfy({ $0.rotation == nil }) else { return .zero }
    let places = texts.map(\.place.tenths)
    var origin = Spot.zero
    if texts.count > 3, places.allSatisfy({ $0.x == first.x }) {
        origin.x = first.x * 10
    } else if texts.count > 3, places.allSatisfy({ $0.y == first.y }) {
        origin.y = first.y * 10
    }
    return origin
}

extension Piece.Words {
    fileprivate enum RowPart { case name, note }

    /// What the text is of a row: its name stands at the left edge, and what is told of it elsewhere, by its end.
    fileprivate var rowPart: RowPart? {
        guard rotation == nil else { return nil }
        if cssClass == "row", anchor == nil, place.tenths.x == 0 { return .name }
        return cssClass == "tick" && anchor == "end" && place.tenths.x != 0 ? .note : nil
    }

    /// Without what its group says.
    fileprivate var bare: Piece.Words {
        var words = self
        words.cssClass = nil
        words.anchor = nil
        return words
    }
}

func joinedClasses(_ names: String?...) -> String? {
    let names = names.compactMap(\.self)
    return names.isEmpty ? nil : names.joined(separator: " ")
}

/// The class that does what the attribute `text-anchor` does.
func anchorClass(_ anchor: String?) -> String? {
    switch anchor {
    case "middle": "mid"
    case "end": "end"
    default: nil
    }
}
