import Foundation

/// The id of a request, a number or a text, as its sender chose it.
package enum RequestID: Hashable, Sendable, Codable {
    case number(Int)
    case text(String)

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }
}

/// What is wrong with a request, for its sender.
///
/// Codes: JSON-RPC 2.0, section 5.1, and the Language Server Protocol 3.17, ErrorCodes.
package struct ResponseError: Error, Encodable, Hashable {
    var code: Int
    var message: String

    static func parse(_ message: String) -> ResponseError { ResponseError(code: -32700, message: message) }
    static func invalidRequest(_ message: String) -> ResponseError { ResponseError(code: -32600, message: message) }
    static func unknownMethod(_ name: String) -> ResponseError {
        ResponseError(code: -32601, message: "There is no method '\(name)'")
    }
    static func invalidParams(_ message: String) -> ResponseError { ResponseError(code: -32602, message: message) }
    static let notInitialised = ResponseError(code: -32002, message: "The first request is 'initialize'")
    static let cancelled = ResponseError(code: -32800, message: "The request was cancelled")
    /// A well-formed request that cannot be done, such as a new name that is taken.
    static func failed(_ message: String) -> ResponseError { ResponseError(code: -32803, message: message) }
}

/// A message that came in: its head as read, its parameters still to be read by who knows their type.
package struct IncomingMessage {
    /// nil for a notification.
    package var id: RequestID?
    /// nil for an answer to a request of ours.
    package var method: String?
    var data: Data

    private struct Head: Decodable {
        var id: RequestID?
        var method: String?
    }

    private struct Body<Params: Decodable>: Decodable {
        var params: Params
    }

    package init(_ bytes: [UInt8]) throws(ResponseError) {
        data = Data(bytes)
        do {
            let head = try JSONDecoder().decode(Head.self, from: data)
            (id, method) = (head.id, head.method)
        } catch DecodingError.dataCorrupted {
            throw .parse("A message is JSON")
        } catch {
            throw .invalidRequest("A message is an object with 'method', and for a request 'id'")
        }
    }

    func params<Params: Decodable>(_ type: Params.Type = Params.self) throws(ResponseError) -> Params {
        do {
            return try JSONDecoder().decode(Body<Params>.self, from: data).params
        } catch {
            throw .invalidParams("The parameters of '\(method ?? "")' are not what it takes")
        }
    }
}

/// Messages that go out, as JSON.
enum OutgoingMessage {
    private struct Answer<Result: Encodable>: Encodable {
        var id: RequestID?
        var result: Result?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode("2.0", forKey: .jsonrpc)
            try container.encode(id, forKey: .id)
            // Nothing is an answer too, and is said.
            try container.encode(result, forKey: .result)
        }
    }

    private struct Refusal: Encodable {
        var jsonrpc = "2.0"
        var id: RequestID?
        var error: ResponseError

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(jsonrpc, forKey: .jsonrpc)
            try container.encode(id, forKey: .id)
            try container.encode(error, forKey: .error)
        }
    }

    private struct Call<Params: Encodable>: Encodable {
        var jsonrpc = "2.0"
        var id: RequestID?
        var method: String
        var params: Params
    }

    private enum Key: CodingKey { case jsonrpc, id, result, error }

    static func answer(_ id: RequestID, _ result: (some Encodable)?) -> Data {
        encoded(Answer(id: id, result: result)) ?? refusal(id, .failed("The answer cannot be written"))
    }

    /// - Parameter id: nil where the message could not be read.
    static func refusal(_ id: RequestID?, _ error: ResponseError) -> Data {
        encoded(Refusal(id: id, error: error)) ?? Data()
    }

    static func notification(_ method: String, _ params: some Encodable) -> Data {
        encoded(Call(method: method, params: params)) ?? Data()
    }

    static func request(_ id: RequestID, _ method: String, _ params: some Encodable) -> Data {
        encoded(Call(id: id, method: method, params: params)) ?? Data()
    }

    private static func encoded(_ message: some Encodable) -> Data? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try? encoder.encode(message)
    }
}
