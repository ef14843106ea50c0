import HTTPTypes
import HummingbirdCore
import NIOCore

/// After it a connection cannot go on.
enum ConnectionEnding: Error {
    /// Who was refused has nothing more to ask, and what is left of a refused body would be read as the next request.
    case refused
    /// A body that is shorter than its request said.
    case truncated
}

/// A request's body, read up to a limit.
struct BodyReader {
    enum Outcome {
        case whole([UInt8])
        /// Longer than it may be.
        case tooLong
        /// All bodies at once are.
        case crowded
    }

    /// Longer ones make their own room as they come: whoever only says that one comes gets none.
    private static let firstRoom = 1 << 16

    private var parts: RequestBody.AsyncIterator?
    private let length: Int?
    private let limit: Int
    private let budget: BodyBudget
    private var taken = 0

    init(_ request: Request, limit: Int, budget: BodyBudget) {
        length = BodyReader.length(of: request)
        self.limit = limit
        self.budget = budget
        let hasBody = request.headers[.transferEncoding] != nil || (length ?? 0) > 0
        parts = hasBody ? request.body.makeAsyncIterator() : nil
    }

    /// What a request says of its body's length.
    static func length(of request: Request) -> Int? { request.headers[.contentLength].flatMap { Int($0) } }

    /// Whether nothing of it is on its way any more.
    var isRead: Bool { parts == nil }

    mutating func read() async throws -> Outcome {
        guard parts != nil else { return .whole([]) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(length ?? 0, limit, Self.firstRoom))
        while let part = try await parts?.next() {
            guard bytes.count + part.readableBytes <= limit else { return .tooLong }
            guard budget.take(part.readableBytes) else { return .crowded }
            taken += part.readableBytes
            bytes.append(contentsOf: part.readableBytesView)
        }
        if let length, bytes.count < length { throw ConnectionEnding.truncated }
        parts = nil
        return .whole(bytes)
    }

    /// To be called when nobody needs the body any more.
    mutating func forget() {
        budget.give(taken)
        taken = 0
    }

    /// Reads on for a while, so that who sends sees the answer and not a broken connection.
    mutating func discard() async throws {
        var rest = 16 << 20
        while rest > 0, let part = try await parts?.next() { rest -= part.readableBytes }
    }
}
