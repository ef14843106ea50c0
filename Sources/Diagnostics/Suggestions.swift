/// The known word that `word` was probably meant to be, if one is close enough to be a slip of the hand.
///
/// A slip is at most one edit for short words and two for words of six letters or more, an edit being an insertion,
/// a deletion, a replacement or a swap of neighbours (optimal string alignment distance).
package func nearestWord(to word: String, among known: some Sequence<String>) -> String? {
    let limit = word.count >= 6 ? 2 : 1
    var best: (word: String, distance: Int)?
    for candidate in known where candidate != word {
        let distance = editDistance(Array(word.lowercased()), Array(candidate.lowercased()), limit: limit)
        guard distance <= limit else { continue }
        if best.map({ (distance, candidate) < ($0.distance, $0.word) }) ?? true { best = (candidate, distance) }
    }
    return best?.word
}

/// The optimal string alignment distance, or `limit + 1` where it is larger than `limit`.
private func editDistance(_ a: [Character], _ b: [Character], limit: Int) -> Int {
    guard abs(a.count - b.count) <= limit else { return limit + 1 }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
        var current = [i + 1]
        for j in 0..<b.count {
            var cost = min(current[j] + 1, previous[j + 1] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
            current.append(cost)
        }
        before = previous
        previous = current
    }
    return previous[b.count]
}
