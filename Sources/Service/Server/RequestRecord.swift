/// What is known of a request once it was answered.
package struct RequestRecord: Sendable {
    package var method: String
    /// As it was read; as it was sent where it could not be.
    package var path: String
    package var status: Int
    /// From its head to the end of the answer, or to the beginning of one that is a stream.
    package var duration: Duration
    package var bytesRead: Int
    package var bytesWritten: Int
}
