import Values

/// Which terms stand on which pages, small enough to be loaded whole.
///
/// Terms are written in order, each as a capital letter, which counts the characters that it shares with the one before,
/// and the rest of it. Of each there follow, as bits, the number of its pages, the gaps between their numbers and a level
/// for each page. What the pages say is not in it: it lies page by page in files that are loaded for the pages found.
struct SearchIndex {
    private let pages: [SitePage]
    private var folding: [Unicode.Scalar: String] = [:]
    /// By the term: the pages with their levels, in order.
    private var postings: [String: [(page: Int, level: Int)]] = [:]

    init(_ pages: [SitePage]) {
        self.pages = pages
        var reader = SearchTerms()
        let terms = pages.map { PageTerms($0, &reader) }
        let mean = Double(terms.reduce(0) { $0 + $1.length }) / Double(max(1, terms.count))
        for (number, page) in terms.enumerated() {
            for (term, weight) in page.weights {
                postings[term, default: []].append((number, page.level(of: weight, mean: mean)))
            }
        }
        folding = reader.folding.table
    }

    /// The terms in the order of a script's strings.
    var terms: [String] {
        postings.keys.map { ($0, Array($0.utf16)) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }

    /// What the script is given.
    ///
    /// - Parameter texts: The digests in the names of the files with the pages' texts, in the pages' order.
    func value(texts: [String]) -> Value {
        let terms = terms
        let folds = folding.sorted { $0.key < $1.key }.map { (String($0.key), Value.string($0.value)) }
        return [
            "pages": .list(
                zip(pages, texts).map { page, text in
                    [
                        .string(page.path), .string(page.title), .string(page.section.joined(separator: " › ")),
                        .string(text),
                    ]
                }),
            "folds": .object(Object(folds)), "terms": .string(SearchIndex.list(terms)),
            "postings": .string(packed(terms)),
        ]
    }

    private static func list(_ terms: [String]) -> String {
        var out = ""
        var before: [Unicode.Scalar] = []
        for term in terms {
            let scalars = Array(term.unicodeScalars)
            let shared = min(25, zip(before, scalars).prefix { $0 == $1 }.count)
            out.unicodeScalars.append(Unicode.Scalar(UInt8(ascii: "A") + UInt8(shared)))
            out.unicodeScalars.append(contentsOf: scalars[shared...])
            before = scalars
        }
        return out
    }

    private func packed(_ terms: [String]) -> String {
        var bits = PackedBits()
        for term in terms { write(postings[term] ?? [], to: &bits) }
        return bits.finished()
    }

    /// Of a term on more than half of the pages those without it are written, and no levels: it tells pages hardly apart.
    private func write(_ entries: [(page: Int, level: Int)], to bits: inout PackedBits) {
        bits.appendGamma(entries.count)
        let isFrequent = entries.count * 2 > pages.count
        let here = Set(isFrequent ? entries.map(\.page) : [])
        let written = isFrequent ? pages.indices.filter { !here.contains($0) } : entries.map(\.page)
        var next = 0
        let gaps = written.map { page in
            defer { next = page + 1 }
            return page - next
        }
        let parameter: Int
        if gaps.count < 8 {
            parameter = SearchIndex.parameter(count: gaps.count, pages: pages.count)
        } else {
            parameter = (0..<16).min { SearchIndex.size(gaps, $0) < SearchIndex.size(gaps, $1) } ?? 0
            bits.append(parameter, width: 4)
        }
        for gap in gaps { bits.appendRice(gap, parameter: parameter) }
        if !isFrequent { for entry in entries { SearchIndex.write(entry.level, to: &bits) } }
    }

    /// The parameter for few gaps, which need not be told: two to its power is at most 0.69 of the mean gap.
    private static func parameter(count: Int, pages: Int) -> Int {
        var parameter = 0
        while parameter < 15, (200 << parameter) * max(1, count) <= 69 * pages { parameter += 1 }
        return parameter
    }

    private static func size(_ gaps: [Int], _ parameter: Int) -> Int {
        gaps.reduce(0) { $0 + ($1 >> parameter) + 1 + parameter }
    }

    private static func write(_ level: Int, to bits: inout PackedBits) {
        switch level {
        case 0: bits.append(0b0, width: 1)
        case 1: bits.append(0b10, width: 2)
        case 2: bits.append(0b110, width: 3)
        default: bits.append(0b111, width: 3)
        }
    }
}
