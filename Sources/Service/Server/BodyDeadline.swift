import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection whose request's body does not come in time, however often a byte of it comes.
final class BodyDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// What reads the body of a request that was given up ends with this.
    struct Passed: Error {}

    private static let linger = TimeAmount.seconds(2)

    private let timeout: TimeAmount
    private let response: ServerResponse
    private var scheduled: Scheduled<Void>?
    /// Whether an answer is on its way: a second one would be nobody's.
    private var isAnswering = false

    init(_ timeout: Duration, response: ServerResponse) {
        self.timeout = TimeAmount(timeout)
        self.response = response
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isAnswering = false
            schedule(context, in: timeout)
        case .body: break
        case .end: cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .head(let head) = unwrapOutboundIn(data), head.status.kind != .informational {
            isAnswering = true
            // Who sends on although there is an answer already is not listened to for long.
            if scheduled != nil { schedule(context, in: min(timeout, Self.linger)) }
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { cancel() }

    private func schedule(_ context: ChannelHandlerContext, in time: TimeAmount) {
        scheduled?.cancel()
        scheduled = context.eventLoop.assumeIsolated().scheduleTask(in: time) { self.expire(context) }
    }

    private func cancel() {
        scheduled?.cancel()
        scheduled = nil
    }

    private func expire(_ context: ChannelHandlerContext) {
        scheduled = nil
        guard !isAnswering else { return context.close(promise: nil) }
        var head = response.head
        head.headerFields[.connection] = "close"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if case .bytes(let bytes) = response.body {
            context.write(wrapOutboundOut(.body(ByteBuffer(bytes: bytes))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
            context.fireErrorCaught(Passed())
            context.close(promise: nil)
        }
    }
}
