/// Where some bytes stand among others (Horspool 1980): of long words most bytes are never looked at.
struct ByteSearch: Sendable {
    private let word: [UInt8]
    /// By how many bytes the word moves on where it ends over a byte.
    private let steps: [Int]

    /// - Parameter word: Not empty.
    init(_ word: [UInt8]) {
        self.word = word
        var steps = Array(repeating: word.count, count: 256)
        for (index, byte) in word.dropLast().enumerated() { steps[Int(byte)] = word.count - 1 - index }
        self.steps = steps
    }

    func isFound(in bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            word.withUnsafeBufferPointer { word in
                steps.withUnsafeBufferPointer { steps in
                    let last = word.count - 1
                    var end = last
                    while end < bytes.count {
                        var offset = 0
                        while bytes[end - offset] == word[last - offset] {
                            if offset == last { return true }
                            offset += 1
                        }
                        end += steps[Int(bytes[end])]
                    }
                    return false
                }
            }
        }
    }
}
