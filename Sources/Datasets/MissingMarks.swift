/// The texts that mean a missing cell: few, so that comparing beats hashing.
struct MissingMarks: Sendable {
    private let marks: [[UInt8]]

    init(_ texts: [String]) { marks = texts.map { Array($0.utf8) } }

    func contains(_ cell: ArraySlice<UInt8>) -> Bool {
        marks.contains { $0.count == cell.count && $0.elementsEqual(cell) }
    }
}
