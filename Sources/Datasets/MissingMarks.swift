/// The texts that mean a missing cell: few, so that comparing beats hashing.
struct MissingMarks: Sendable {
    private let marks: [[UInt8]]
    let hasEmpty: Bool
    let hasOthers: Bool

    init(_ texts: [String]) {
        marks = texts.filter { !$0.isEmpty }.map { Array($0.utf8) }
        hasEmpty = texts.contains("")
        hasOthers = !marks.isEmpty
    }

    private init(_ marks: [[UInt8]], _ hasEmpty: Bool) {
        (self.marks, self.hasEmpty, hasOthers) = (marks, hasEmpty, !marks.isEmpty)
    }

    /// The same, whose parts nobody else counts.
    var copy: MissingMarks { MissingMarks(marks.map { $0.map { $0 } }, hasEmpty) }

    func contains(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        if cell.isEmpty { return hasEmpty }
        return marks.contains { $0.count == cell.count && $0.elementsEqual(cell) }
    }
}
