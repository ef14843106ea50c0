/// What is known of a request once it was answered.
package struct RequestRecord: Sendable {
    /// Why a server did not take a request.
    package enum Refusal: String, CaseIterable, Sendable {
        /// It is ending.
        case ending
        /// The request's name for it is not its own.
        case host
        /// Whoever asks may not (`ServerSettings.admission`).
        case admission
        /// The body is too long.
        case body
        /// All bodies at once are.
        case crowded
        /// The body did not come in time.
        case slow
    }

    package var method: String
    /// As it was read; as it was sent where it could not be.
    package var path: String
    /// 499 where whoever asked was gone before the answer, as nginx has it.
    package var status: Int
    package var refusal: Refusal?
    /// From its head to the end of the answer, or to the beginning of one that is a stream.
    package var duration: Duration
    package var bytesRead: Int
    package var bytesWritten: Int
}
