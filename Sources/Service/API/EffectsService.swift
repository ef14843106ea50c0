import Values

/// `report service`: shrinks effects and predicts outcomes for programs that ask over HTTP.
package final class EffectsService: Sendable {
    private let catalogue: ModelCatalogue
    private let limits: ServiceLimits
    private let schemas: RequestSchemas
    private let tokens: AccessTokens?
    private let queue: WorkQueue
    private let metrics = ServiceMetrics()
    private let description: [UInt8]
    private let models: [UInt8]

    /// - Parameter tokens: nil where whoever reaches the server may ask.
    package init(_ catalogue: ModelCatalogue, limits: ServiceLimits, tokens: AccessTokens?, version: String) {
        self.catalogue = catalogue
        self.limits = limits
        schemas = RequestSchemas(limits)
        self.tokens = tokens
        queue = WorkQueue(width: limits.workers, waiting: limits.waiting, time: limits.time)
        description =
            InterfaceDescription(
                schemas: schemas, catalogue: catalogue, requiresToken: tokens != nil, version: version
            ).value.compactBytes
        models = Value.object(["models": .list(catalogue.models.map(\.value))]).compactBytes
    }

    /// The settings of a server for it.
    package func settings(at address: ServerAddress, hosts: [String]) -> ServerSettings {
        var settings = ServerSettings(address: address)
        settings.maximumBody = limits.body
        settings.refusal = { Problem($0, $1).response }
        // A token proves more than a name does.
        settings.hosts = tokens == nil ? .known(hosts) : .any
        settings.admission = refusal
        return settings
    }

    /// Told of what was answered, also of what never came this far.
    package func observe(_ record: RequestRecord) { metrics.add(record) }

    package var modelCount: Int { catalogue.count }

    /// Answers whoever `settings` lets in.
    @Sendable package func answer(_ request: ServerRequest) async -> ServerResponse {
        do throws(Problem) { return try await answered(request) } catch {
            if let rejection = error.rejection { metrics.reject(rejection) }
            return error.response
        }
    }

    /// What whoever bears no token gets, before anything else is looked at.
    @Sendable func refusal(of request: ServerRequest) -> ServerResponse? {
        guard let tokens, Route(rawValue: request.path)?.isOpen != true else { return nil }
        return tokens.admit(request.header("authorization")) ? nil : Problem.unknownToken.response
    }

    private func answered(_ request: ServerRequest) async throws(Problem) -> ServerResponse {
        guard let route = Route(rawValue: request.path) else {
            throw Problem(404, "There is nothing at this address; /openapi.json tells what there is.")
        }
        guard route.methods.contains(request.method) else {
            let methods = route.methods.joined(separator: ", ")
            throw Problem(405, "This is asked with \(methods).", headers: [("allow", methods)])
        }
        switch route {
        case .shrink, .proxy: return json(try await computed(route, request))
        case .models: return json(models)
        case .description: return json(description)
        case .health: return json(Array(#"{"status":"ok"}"#.utf8))
        case .readiness:
            return request.serverIsEnding
                ? ServerResponse(status: 503, type: "application/json", bytes: Array(#"{"status":"ending"}"#.utf8))
                : json(Array(#"{"status":"ready"}"#.utf8))
        case .metrics:
            let text = metrics.text(waiting: queue.waiting, models: catalogue.count)
            return ServerResponse(type: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(text.utf8))
        }
    }

    private func json(_ bytes: [UInt8]) -> ServerResponse { ServerResponse(type: "application/json", bytes: bytes) }

    private func computed(_ route: Route, _ request: ServerRequest) async throws(Problem) -> [UInt8] {
        guard isJSON(request.header("content-type")) else {
            throw Problem(415, "A request is JSON, and says so: content-type: application/json.")
        }
        if let encoding = request.header("content-encoding"), encoding.lowercased() != "identity" {
            throw Problem(415, "A request is sent as it is, without an encoding.")
        }
        metrics.began()
        var effects = 0
        defer { metrics.ended(effects: effects) }
        let (catalogue, schemas) = (catalogue, schemas)
        let result: Result<Computed, Problem>
        do throws(WorkQueue.Refusal) {
            result = try await queue.run { Computed.of(route, request.body, catalogue, schemas) }
        } catch {
            switch error {
            case .full: throw .full
            case .late: throw .late
            }
        }
        let computed = try result.get()
        effects = computed.effects
        return computed.bytes
    }

    private func isJSON(_ type: String?) -> Bool {
        guard let type else { return false }
        let essence = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        return essence == "application/json" || (essence.hasPrefix("application/") && essence.hasSuffix("+json"))
    }
}

/// An answer and how many effects it is of.
private struct Computed: Sendable {
    var bytes: [UInt8]
    var effects: Int

    static func of(
        _ route: Route, _ body: [UInt8], _ catalogue: ModelCatalogue, _ schemas: RequestSchemas
    ) -> Result<Computed, Problem> {
        do throws(Problem) {
            let tree = try tree(body)
            if route == .shrink {
                let request = try ShrinkRequest(tree, catalogue, schemas.shrink)
                return .success(Computed(bytes: try ShrinkAnswer.bytes(request), effects: request.effects.count))
            }
            let question = try ProxyQuestion(tree, catalogue, schemas.proxy)
            return .success(Computed(bytes: try ProxyAnswer.bytes(question), effects: question.effects.count))
        } catch {
            return .failure(error)
        }
    }

    private static func tree(_ body: [UInt8]) throws(Problem) -> JSONTree {
        do throws(JSONTreeReader.Fault) { return try JSONTreeReader.read(body) } catch {
            let lines = body.prefix(error.offset).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let place = "line \(max(1, lines.count)), byte \((lines.last?.count ?? 0) + 1)"
            throw Problem(400, "The request is not JSON. \(error.message) (\(place)).")
        }
    }
}
