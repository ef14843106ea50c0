import HTTPTypes
import HummingbirdCore
import NIOCore

/// A response as the library takes it.
extension ServerResponse {
    /// Bytes of the body; nil for a stream.
    var length: Int? { if case .bytes(let bytes) = body { bytes.count } else { nil } }

    var head: HTTPResponse {
        var fields = HTTPFields()
        for (name, value) in headers { HTTPField.Name(name).map { fields.append(HTTPField(name: $0, value: value)) } }
        fields[.date] = HTTPDate.now()
        // 204 and 304 have no body, and say nothing of its length (RFC 9110, 8.6).
        if status != 204, status != 304, let length { fields[.contentLength] = String(length) }
        return HTTPResponse(status: HTTPResponse.Status(code: status), headerFields: fields)
    }

    func content(of method: HTTPRequest.Method) -> ResponseBody {
        guard method != .head, status != 204, status != 304, case .bytes(let bytes) = body else {
            return ResponseBody()
        }
        return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    }
}
