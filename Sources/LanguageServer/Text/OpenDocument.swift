import Diagnostics

/// A text that the editor has open; what the file holds does not matter until it is closed.
struct OpenDocument: Sendable {
    /// As the editor writes it.
    let uri: String
    /// Absolute, and real where the file is there.
    let path: String
    private(set) var version: Int
    private(set) var file: SourceFile

    init(uri: String, path: String, version: Int, text: String) {
        self.uri = uri
        self.path = path
        self.version = version
        file = SourceFile(path: path, text: text)
    }

    /// Takes changes in order, each a whole text or the replacement of a range of the text before it.
    mutating func apply(_ changes: [LSP.DidChangeParams.Change], version: Int?, _ encoding: PositionEncoding) {
        for change in changes {
            guard let range = change.range else {
                file = SourceFile(path: path, text: change.text)
                continue
            }
            let lower = encoding.offset(of: range.start, in: file)
            let upper = max(lower, encoding.offset(of: range.end, in: file))
            var bytes: [UInt8] = []
            bytes.reserveCapacity(file.utf8.count + change.text.utf8.count)
            bytes += file.utf8[..<lower]
            bytes += change.text.utf8
            bytes += file.utf8[upper...]
            file = SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self))
        }
        self.version = version ?? self.version + 1
    }
}
