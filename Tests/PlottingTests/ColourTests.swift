import Results
import Testing

@testable import Plotting

/// Colours of cells can be read, and stand for what the bar says.
@Suite struct ColourTests {
    /// Contrast as WCAG 2.2 defines it: 4.5 : 1 is the least for text (criterion 1.4.3).
    @Test(arguments: ["light", "dark"]) func numbersAreLegible(scheme: String) throws {
        let isLight = scheme == "light"
        let colours = colours(
            (isLight ? FigureStyle.light : FigureStyle.dark) + (isLight ? CellStyle.light : CellStyle.dark))
        let ink = try #require(colours["ink"])
        let paper = try #require(colours["paper"])
        for hue in ["high", "low"] {
            var previous = paper
            for level in 1...9 {
                let cell = try #require(colours["\(hue)-\(level)"])
                let text = ColourSteps.Step(hue: .high, level: level).takesInk ? ink : paper
                #expect(contrast(cell, text) >= 4.5, "\(scheme) \(hue) \(level): \(contrast(cell, text))")
                // Each is further from paper than the one before, so that lightness alone orders them.
                #expect(contrast(cell, paper) > contrast(previous, paper))
                previous = cell
            }
        }
    }

    private func colours(_ style: String) -> [String: Double] {
        var found: [String: Double] = [:]
        for match in style.matches(of: /--([a-z0-9-]+):#([0-9a-f]{6})/) {
            let number = Int(match.2, radix: 16) ?? 0
            found[String(match.1)] = luminance(
                [number >> 16, number >> 8 & 255, number & 255].map { Double($0) / 255 })
        }
        return found
    }

    /// Powers of sRGB's curve by its inverse, found by bisection: x^2.4 = y where x^12 = y^5.
    private func luminance(_ channels: [Double]) -> Double {
        let linear = channels.map { value -> Double in
            guard value > 0.04045 else { return value / 12.92 }
            let base = (value + 0.055) / 1.055
            let target = (0..<12).reduce(1.0) { product, _ in product * base }
            var (low, high) = (0.0, 1.0)
            for _ in 0..<60 {
                let middle = (low + high) / 2
                if middle * middle * middle * middle * middle < target { low = middle } else { high = middle }
            }
            return low
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    private func contrast(_ a: Double, _ b: Double) -> Double { (max(a, b) + 0.05) / (min(a, b) + 0.05) }

    @Test func stepsOfACorrelation() {
        let steps = ColourSteps(.init("", domain: -1...1, middle: 0))
        let text = TickText(format: "")
        #expect(
            steps.edges.map(text.text) == [
                "−1.0", "−0.8", "−0.6", "−0.4", "−0.2", "0.0", "0.2", "0.4", "0.6", "0.8", "1.0",
            ])
        #expect(steps.step(of: 0) == nil)
        #expect(steps.step(of: 0.01) == .init(hue: .high, level: 2))
        #expect(steps.step(of: 0.2) == .init(hue: .high, level: 2))
        #expect(steps.step(of: 0.6000001) == .init(hue: .high, level: 7))
        #expect(steps.step(of: 1) == .init(hue: .high, level: 9))
        #expect(steps.step(of: -1.7) == .init(hue: .low, level: 9))
    }

    @Test func stepsFromLittleToMuch() {
        let steps = ColourSteps(.init("", domain: 0.05...0.97))
        #expect(steps.steps.count == 5 && steps.edges.map(\.value) == [0, 0.2, 0.4, 0.6, 0.8, 1])
        #expect(steps.step(of: 0.05)?.level == 1)
        #expect(steps.step(of: 0.2)?.level == 3)
        #expect(steps.step(of: 5)?.level == 9)
        #expect(steps.steps.allSatisfy { $0.hue == .high })
    }

    @Test(arguments: [0.0, 1e-9, 3.7e8]) func anyDomainHasSteps(lower: Double) {
        for width in [1e-12, 0.3, 7, 4e6] {
            let steps = ColourSteps(.init("", domain: lower...(lower + width)))
            #expect((1...9).contains(steps.steps.count) && steps.edges.count == steps.steps.count + 1)
            let about = ColourSteps(.init("", domain: lower...(lower + width), middle: lower))
            #expect((1...5).contains(about.middle ?? 0))
        }
    }
}
