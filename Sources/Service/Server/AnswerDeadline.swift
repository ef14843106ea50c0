import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection that does not take its answers: who asks on and never reads would have them held for ever.
final class AnswerDeadline: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let timeout: TimeAmount
    /// One timer looks again and again, so that an answer that is taken at once costs none.
    private var scheduled: Scheduled<Void>?
    /// Parts of answers that are written and not taken.
    private var waiting = 0
    /// When the first of them came to be so.
    private var since = NIODeadline.now()

    init(_ timeout: Duration) { self.timeout = TimeAmount(timeout) }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .head = unwrapOutboundIn(data) { return context.write(data, promise: promise) }
        let taken = promise ?? context.eventLoop.makePromise(of: Void.self)
        if waiting == 0 { since = .now() }
        waiting += 1
        if scheduled == nil { schedule(context) }
        taken.futureResult.assumeIsolated().whenComplete { _ in
            self.waiting -= 1
            self.since = .now()
        }
        context.write(data, promise: taken)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        scheduled?.cancel()
        scheduled = nil
    }

    private func schedule(_ context: ChannelHandlerContext) {
        scheduled = context.eventLoop.assumeIsolated().scheduleTask(deadline: since + timeout) { self.look(context) }
    }

    private func look(_ context: ChannelHandlerContext) {
        scheduled = nil
        guard waiting > 0 else { return }
        if since + timeout <= .now() { context.close(promise: nil) } else { schedule(context) }
    }
}
