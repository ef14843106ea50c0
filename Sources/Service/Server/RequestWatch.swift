import HTTPTypes
import HummingbirdCore

/// Gathers what is told of a request, and tells it once.
struct RequestWatch {
    typealias Refused = (why: RequestRecord.Refusal, response: ServerResponse)

    var record: RequestRecord
    private let start = ContinuousClock.now
    private let observe: @Sendable (RequestRecord) -> Void
    private var isTold = false

    init(_ request: Request, _ observe: @escaping @Sendable (RequestRecord) -> Void) {
        record = RequestRecord(
            method: request.method.rawValue, path: request.head.path ?? "", status: 0, duration: .zero, bytesRead: 0,
            bytesWritten: 0)
        self.observe = observe
    }

    /// Notes why, and gives the response.
    mutating func refuse(_ refused: Refused) -> ServerResponse {
        record.refusal = refused.why
        return refused.response
    }

    mutating func tell(_ response: ServerResponse) {
        tell(response.status, bytesWritten: response.length ?? 0)
    }

    /// Of a connection that broke before its answer: by itself, or because it was too slow.
    mutating func tellBroken(by error: any Error) {
        guard !isTold else { return }
        let isSlow = error is BodyDeadline.Passed
        if isSlow { record.refusal = .slow }
        tell(isSlow ? 408 : 499, bytesWritten: 0)
    }

    private mutating func tell(_ status: Int, bytesWritten: Int) {
        guard !isTold else { return }
        isTold = true
        record.status = status
        record.bytesWritten = bytesWritten
        record.duration = ContinuousClock.now - start
        observe(record)
    }
}
