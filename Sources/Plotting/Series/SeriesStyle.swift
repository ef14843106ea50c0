/// How a series looks: a hue, and a dash or a symbol that tells it apart without the hue.
struct SeriesStyle: Sendable, Hashable {
    /// 1…7 in the order of the palette; 0 is the colour of the text.
    var hue: Int
    /// A stroke-dasharray; nil is solid.
    var dash: String?
    var symbol: Symbol
    var isMuted = false

    init(_ hue: Int, _ dash: String? = nil, _ symbol: Symbol = .circle) {
        self.hue = hue
        self.dash = dash
        self.symbol = symbol
    }

    /// The class that sets the colour of what is in it.
    var cssClass: String { isMuted ? "hm" : "h\(hue)" }
}

/// The styles of all series of a figure.
struct SeriesStyles: Sendable {
    private var styles: [String: SeriesStyle] = [:]

    /// Known names have their own style in every figure; others take, in order of appearance, what is left.
    init(names: [String]) {
        for name in names { styles[name] = knownStyles[name] }
        let taken = Set(styles.values)
        var free = furtherStyles.filter { !taken.contains($0) }
        for name in names where styles[name] == nil {
            if free.isEmpty { free = furtherStyles }
            styles[name] = free.removeFirst()
        }
    }

    /// What is muted is grey and needs no slot of its own.
    func style(of name: String, isMuted: Bool) -> SeriesStyle {
        var style = styles[name] ?? knownStyles[name] ?? SeriesStyle(0, isMuted ? "2 3" : nil)
        style.isMuted = isMuted || name == "raw" || name == "prior"
        return style
    }
}
