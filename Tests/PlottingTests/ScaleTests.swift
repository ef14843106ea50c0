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

    @Test func symlogTicksStandOnBothSidesOfZero() {
        let text = TickText(format: "")
        #expect(
            symlogTicks(in: -2000...30_000, threshold: 100, atMost: 9).map(text.text)
                == ["−1000", "−100", "0", "100", "1000", "10\u{2009}000"])
        #expect(
            symlogTicks(in: -2000...30_000, threshold: 100, atMost: 4).map(text.text) == [
                "−100", "0", "100", "10\u{2009}000",
            ])
        #expect(symlogTicks(in: 0...0.5, threshold: 1, atMost: 5).count > 1)
    }

    /// Seconds from GNU `date -u -d … +%s`.
    @Test(
        arguments: [
            // A year and a bit, in quarters; three months; three weeks; a morning; 90 years.
            (1_762_732_800.0...1_798_675_200.0, 5, ["2026", "Apr", "Jul", "Oct"]),
            (1_735_689_600.0...1_767_139_200.0, 7, ["2025", "Mar", "May", "Jul", "Sep", "Nov"]),
            (
                1_762_732_800.0...1_769_904_000.0, 6,
                ["10 Nov 2025", "24 Nov", "8 Dec", "22 Dec", "5 Jan 2026", "19 Jan"]
            ),
            (1_767_225_600.0...1_767_571_200.0, 5, ["1 Jan 2026", "2 Jan", "3 Jan", "4 Jan", "5 Jan"]),
            (1_767_256_200.0...1_767_267_000.0, 5, ["1 Jan 09:00", "10:00", "11:00"]),
            (-946_771_200.0...1_893_456_000.0, 6, ["1940", "1960", "1980", "2000", "2020"]),
            (0.0...0, 5, ["1 Jan 00:00"]),
        ] as [(ClosedRange<Double>, Int, [String])])
    func timeTicksStandWhereACalendarBegins(domain: ClosedRange<Double>, count: Int, texts: [String]) {
        #expect(timeTicks(in: domain, atMost: count).map(\.text) == texts)
    }

    @Test func bentPositions() {
        // log₁₀(1 + 90 ⁄ 10) = 1 is half of log₁₀(1 + 990 ⁄ 10) = 2.
        let scale = SymlogScale(domain: -990...990, threshold: 10, start: 0, end: 100)
        #expect(scale.position(0) == 50 && scale.position(90) == 75 && scale.position(-90) == 25)
        #expect(SymlogScale.threshold(for: -20...3000) == 1)
        // Curves are followed at equal distances: 10 (10² − 1) is the end, 10 (10 − 1) half way there.
        #expect(zip(scale.samples(4), [-990, -90, 0, 90, 990]).allSatisfy { ($0 - $1).magnitude < 1e-9 })
        let bands = BandScale(count: 4, start: 0, end: 100)
        #expect(bands.position(0) == 12.5 && bands.position(3) == 87.5 && bands.step == 25)
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
