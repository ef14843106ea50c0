/// The terms of one page, and how much each of them says of it.
struct PageTerms {
    /// By the term: how often it stands there, more where it stands in a heading or says what the page is about.
    private(set) var weights: [String: Double] = [:]
    /// How many terms the page's text has.
    private(set) var length = 0

    init(_ page: SitePage, _ reader: inout SearchTerms) {
        add(page.title, 4, &reader)
        add(page.summary, 2, &reader)
        for tag in page.tags { add(tag, 4, &reader) }
        for author in page.authors { add(author, 2, &reader) }
        for title in page.section { add(title, 1, &reader) }
        for passage in page.passages {
            add(passage.heading, 3, &reader)
            add(passage.text, 1, &reader)
        }
        for label in page.labels where label.title != nil { add("\(label.text) \(label.title ?? "")", 1, &reader) }
        // Numbers stand in the text, too; those that do not, and what they are called, are found all the same.
        for number in page.numbers {
            for term in reader.terms("\(number.path) \(number.text)") where weights[term] == nil { weights[term] = 1 }
        }
        for highlight in page.highlights { add(highlight.value + " " + highlight.text, 2, &reader) }
    }

    private mutating func add(_ text: String?, _ weight: Double, _ reader: inout SearchTerms) {
        guard let text else { return }
        for term in reader.terms(text) {
            weights[term, default: 0] += weight
            length += 1
        }
    }

    /// How much a term says of the page, from 0 to 3: BM25's share of the term's frequency, with b = 0.75, in four steps.
    ///
    /// - Parameter mean: The mean length of pages.
    func level(of weight: Double, mean: Double) -> Int {
        let share = weight / (0.25 + 0.75 * Double(length) / max(1, mean))
        return share < 1.7 ? 0 : share < 4.5 ? 1 : share < 12 ? 2 : 3
    }
}
