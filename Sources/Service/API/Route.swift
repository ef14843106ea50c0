/// What may be asked.
enum Route: String, CaseIterable, Sendable {
    case shrink = "/v1/shrink"
    case proxy = "/v1/proxy"
    case models = "/v1/models"
    case description = "/openapi.json"
    case health = "/healthz"
    case readiness = "/readyz"
    case metrics = "/metrics"

    var takesBody: Bool { self == .shrink || self == .proxy }

    var methods: [String] { takesBody ? ["POST"] : ["GET", "HEAD"] }

    /// Whether it is answered without a token: what watches over a program asks these.
    var isOpen: Bool { self == .health || self == .readiness }
}
