import Testing
import Values

@testable import Publishing

/// Reads an index as its doc comments say, and not as the program writes it.
private struct ReadIndex {
    private(set) var pages: [String: [(page: Int, level: Int)]] = [:]
    private let text: [UInt8]
    private var place = 0

    init(_ value: Value, pageCount: Int) {
        text = Array((value["postings"]?.string ?? "").utf8)
        var name: [Unicode.Scalar] = []
        var names: [String] = []
        for scalar in (value["terms"]?.string ?? "").unicodeScalars {
            if ("A"..."Z").contains(scalar) {
                if !names.isEmpty || !name.isEmpty { names.append(ReadIndex.text(name)) }
                name = Array(name.prefix(Int(scalar.value) - 65))
            } else {
                name.append(scalar)
            }
        }
        if !name.isEmpty { names.append(ReadIndex.text(name)) }
        for name in names { pages[name] = entries(pageCount) }
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    private mutating func bit() -> Int {
        let alphabet = Array(
            "!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~".utf8)
        let pair = place / 13 * 2
        let number = (alphabet.firstIndex(of: text[pair]) ?? 0) * 91 + (alphabet.firstIndex(of: text[pair + 1]) ?? 0)
        defer { place += 1 }
        return number >> (12 - place % 13) & 1
    }

    private mutating func bits(_ width: Int) -> Int { (0..<width).reduce(0) { number, _ in number * 2 + bit() } }

    private mutating func ones() -> Int {
        var count = 0
        while bit() == 1 { count += 1 }
        return count
    }

    private mutating func entries(_ all: Int) -> [(page: Int, level: Int)] {
        let width = ones()
        let size = (1 << width) + bits(width)
        let isFrequent = size * 2 > all
        let count = isFrequent ? all - size : size
        var parameter = 0
        if count < 8 {
            while parameter < 15, 2.0 * Double(max(1, count) << parameter) <= 0.69 * Double(all) { parameter += 1 }
        } else {
            parameter = bits(4)
        }
        var numbers: [Int] = []
        for _ in 0..<count {
            let gap = ones() * (1 << parameter)
            numbers.append((numbers.last ?? -1) + 1 + gap + bits(parameter))
        }
        if isFrequent { return (0..<all).filter { !numbers.contains($0) }.map { ($0, 0) } }
        return numbers.map { number in (number, bit() == 0 ? 0 : bit() == 0 ? 1 : bit() == 0 ? 2 : 3) }
    }
}

@Suite struct SearchIndexTests {
    /// Pages of made words: some on all pages, some on one, numbers, letters of other scripts.
    private static func pages(_ count: Int) -> [SitePage] {
        var state: UInt64 = 1
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        return (0..<count).map { number in
            var page = SitePage(.report, path: "a/p\(number).html", title: "Page \(number)")
            let words = (0..<80).map { _ -> String in
                let rank = next(next(500) + 1)
                return next(5) == 0 ? "0.\(rank)" : "w" + String(rank, radix: 36) + (next(9) == 0 ? "é" : "")
            }
            page.passages = [
                SitePassage(anchor: nil, level: 1, heading: "", text: words.joined(separator: " ")),
                SitePassage(anchor: "h", level: 2, heading: "only\(number) Überschrift", text: "everywhere"),
            ]
            return page
        }
    }

    /// Every term of every page finds its page, and no other.
    @Test(arguments: [1, 2, 7, 40, 300])
    func everyTermOfEveryPage(count: Int) {
        let pages = Self.pages(count)
        let value = SearchIndex(pages).value(texts: pages.map { _ in "0" })
        let read = ReadIndex(value, pageCount: count)
        var expected: [String: [Int]] = [:]
        var reader = SearchTerms()
        for (number, page) in pages.enumerated() {
            let text = ([page.title] + page.passages.map { $0.heading + " " + $0.text }).joined(separator: " ")
            for term in Set(reader.terms(text)) { expected[term, default: []].append(number) }
        }
        #expect(expected.count == read.pages.count)
        for (term, numbers) in expected { #expect(read.pages[term]?.map(\.page) == numbers, "\(term)") }
    }

    /// BM25's share of a frequency: a word of a heading says more than one of the text, one of a long page less.
    @Test func levels() {
        let value = SearchIndex(Self.pages(40)).value(texts: Array(repeating: "0", count: 40))
        let read = ReadIndex(value, pageCount: 40)
        // Once in a heading counts three times: 3 / 1.0 lies between 1.7 and 4.5.
        #expect(read.pages["only7"]?.map(\.level) == [1])
        #expect(read.pages["everywhere"]?.map(\.level) == Array(repeating: 0, count: 40))
    }

    @Test func theSameEachTime() {
        let first = searchFiles(ReferredSite.site())
        #expect(first == searchFiles(ReferredSite.site()))
        #expect(Set(first.map(\.path)).count == first.count)
    }

    /// An index of a thousand pages of two thousand words in a skewed vocabulary stays under a megabyte.
    @Test func small() {
        var state: UInt64 = 5
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / 9_007_199_254_740_992
        }
        // Zipf's law: the chance of rank r goes as 1/r, by the inverse of its distribution, 20,000 to the power of u.
        var powers = [1.0]
        for _ in 0..<1000 { powers.append(powers[powers.count - 1] * 1.009_952_7) }
        let words = (0..<20_100).map { "w" + String($0 &* 7919 % 20_101, radix: 26) }
        let pages = (0..<1000).map { number in
            var page = SitePage(
                .report, path: "team/report-of-some-experiment-\(number).html",
                title: "Report of some experiment \(number)")
            let text = (0..<2000).map { _ in words[Int(powers[Int(next() * 1000)] * (1 + next() * 0.01))] }
            page.passages = [SitePassage(anchor: nil, level: 1, heading: "", text: text.joined(separator: " "))]
            return page
        }
        let size = SearchIndex(pages).value(texts: pages.map { _ in "0123456789" }).compactJSON.utf8.count
        #expect((200_000...1_000_000).contains(size), "\(size) bytes")
    }
}
