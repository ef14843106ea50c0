import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection that does not take its answers: who asks on and never reads would have them held for ever. One that is
/// closed takes what is on its way first, for a while: a close throws away what was not sent.
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
    /// Of a close that waits for them.
    private var closing: EventLoopPromise<Void>?
    private var forced: Scheduled<Void>?

    private static let linger = TimeAmount.seconds(4)

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
            if self.waiting == 0 { self.closeNow(context) }
        }
        context.write(data, promise: taken)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, waiting > 0 else { return context.close(mode: mode, promise: promise) }
        if let closing {
            if let promise { closing.futureResult.cascade(to: promise) }
            return
        }
        closing = promise ?? context.eventLoop.makePromise(of: Void.self)
        context.flush()
        forced = context.eventLoop.assumeIsolated().scheduleTask(in: min(timeout, Self.linger)) {
            self.closeNow(context)
        }
    }

    private func closeNow(_ context: ChannelHandlerContext) {
        guard let closing else { return }
        self.closing = nil
        forced?.cancel()
        context.close(promise: closing)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        scheduled?.cancel()
        scheduled = nil
        forced?.cancel()
        // What waits for a close that no other end waits for.
        closing?.succeed(())
        closing = nil
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
