import Testing

@testable import Plotting

@Suite struct ScaleTests {
    @Test(
        arguments: [
            (-0.03...0.03, "+.1%", 7, ["−3%", "−2%", "−1%", "0%", "+1%", "+2%", "+3%"]),
            (0.0...1.0, "", 6, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
            (0.0...10000.0, "", 5, ["0", "5000", "10\u{2009}000"]),
            (-1.2...3.4, "+.1f", 6, ["−1", "0", "+1", "+2", "+3"]),
            (0.001...0.0023, ".2%", 4, ["0.10%", "0.15%", "0.20%"]),
            (5.0...5.0, "", 5, []),
        ] as [(ClosedRange<Double>, String, Int, [String])])
    func ticks(domain: ClosedRange<Double>, format: String, count: Int, texts: [String]) {
        let text = TickText(format: format)
        #expect(linearTicks(in: domain, atMost: count).map(text.text) == texts)
    }

    @Test func logarithmicTicks() {
        let text = TickText(format: "")
        #expect(logTicks(in: 10...10000, atMost: 5).map(text.text) == ["10", "100", "1000", "10\u{2009}000"])
        #expect(logTicks(in: 1...60, atMost: 6).map(text.text) == ["1", "2", "5", "10", "20", "50"])
        #expect(logTicks(in: 2...3, atMost: 6).map(text.text) == ["2.0", "2.2", "2.4", "2.6", "2.8", "3.0"])
    }

    @Test func positions() {
        #expect(LinearScale(domain: 0...2, start: 100, end: 0).position(0.5) == 75)
        #expect(LogScale(domain: 1...100, start: 0, end: 10).position(10) == 5)
        #expect(LinearScale(domain: 0...2, start: 0, end: 10).clamped(.infinity) == 10)
    }

    @Test func clipsAtTheFrame() {
        let frame = Frame(left: 0, top: 0, right: 10, bottom: 10)
        #expect(frame.clip(Place(x: -10, y: 5), Place(x: 20, y: 5))?.1 == Place(x: 10, y: 5))
        #expect(frame.clip(Place(x: -10, y: -5), Place(x: 20, y: -5)) == nil)
        #expect(frame.clip(polygon: [Place(x: -5, y: -5), Place(x: 5, y: -5), Place(x: 5, y: 5)]).count >= 3)
    }
}

@Suite struct SeriesStyleTests {
    @Test func noTwoKnownStylesAreAlike() {
        #expect(Set(knownStyles.values).count == knownStyles.count)
        #expect(Set(furtherStyles).count == furtherStyles.count)
    }

    @Test func unknownNamesTakeWhatIsLeft() {
        let styles = SeriesStyles(names: ["jive", "a", "b"])
        let looks = ["jive", "a", "b"].map { styles.style(of: $0, isMuted: false) }
        #expect(Set(looks).count == 3)
        #expect(looks[0] == knownStyles["jive"])
    }

    @Test func longTextIsCut() {
        #expect(shortened("short", to: 100) == "short")
        let cut = shortened(String(repeating: "long label ", count: 9), to: 100)
        #expect(cut.hasSuffix("…"))
        #expect(textWidth(cut) <= 100)
    }
}
