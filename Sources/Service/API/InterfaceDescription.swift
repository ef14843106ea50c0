import Execution
import Values

/// The interface as OpenAPI 3.1 describes it.
struct InterfaceDescription {
    let schemas: RequestSchemas
    let catalogue: ModelCatalogue
    let requiresToken: Bool
    let version: String

    var value: Value {
        var value: Object = [
            "openapi": "3.1.0",
            "info": [
                "title": "report service", "version": .string(version),
                "description":
                    "Shrinks effects of experiments and predicts outcomes by fitted proxies, with the numbers that `report build` would print.",
            ],
            "paths": .object(Object(Route.allCases.map { ($0.rawValue, path($0)) })),
            "components": .object(components),
        ]
        if requiresToken { value["security"] = [["token": []]] }
        return .object(value)
    }

    private var components: Object {
        var components: Object = [
            "schemas": [
                "ShrinkRequest": schemas.shrink.value, "ShrinkAnswer": AnswerSchemas.shrink.value,
                "ProxyRequest": schemas.proxy.value, "ProxyAnswer": AnswerSchemas.proxy.value,
                "Models": AnswerSchemas.models.value, "Problem": AnswerSchemas.problem.value,
                "Health": AnswerSchemas.health.value,
            ]
        ]
        if requiresToken { components["securitySchemes"] = ["token": ["type": "http", "scheme": "bearer"]] }
        return components
    }

    private func path(_ route: Route) -> Value {
        [route.takesBody ? "post" : "get": .object(operation(route))]
    }

    private func operation(_ route: Route) -> Object {
        var operation: Object = [
            "operationId": .string("\(route)"), "summary": .string(summary(route)), "responses": responses(route),
        ]
        if route.isOpen, requiresToken { operation["security"] = [] }
        if route.takesBody {
            operation["requestBody"] = [
                "required": true,
                "content": [
                    "application/json": [
                        "schema": reference(route == .shrink ? "ShrinkRequest" : "ProxyRequest"),
                        "example": route == .shrink ? Self.shrinkExample : proxyExample,
                    ]
                ],
            ]
        }
        return operation
    }

    private func summary(_ route: Route) -> String {
        switch route {
        case .shrink: "Shrinks effects towards their population"
        case .proxy: "Predicts effects on the outcome from effects on its proxies"
        case .models: "Lists the fitted models that requests may name"
        case .description: "This description"
        case .health: "Whether the program runs"
        case .readiness: "Whether it takes requests"
        case .metrics: "Counts and times of requests, for Prometheus"
        }
    }

    private func responses(_ route: Route) -> Value {
        var responses: Object = [:]
        switch route {
        case .shrink: responses["200"] = answer("The shrunken effects", reference("ShrinkAnswer"))
        case .proxy: responses["200"] = answer("The predicted effects", reference("ProxyAnswer"))
        case .models: responses["200"] = answer("The models", reference("Models"))
        case .description: responses["200"] = answer("OpenAPI 3.1", ["type": "object"])
        case .health: responses["200"] = answer("It runs", reference("Health"))
        case .readiness:
            responses["200"] = answer("It does", reference("Health"))
            responses["503"] = answer("It is ending", reference("Health"))
        case .metrics:
            responses["200"] = [
                "description": "Text of Prometheus", "content": ["text/plain": ["schema": ["type": "string"]]],
            ]
        }
        var others: [(Int, String)] = [(405, "Not with this method")]
        if requiresToken, !route.isOpen { others.append((401, "Without a token that is known")) }
        if !requiresToken { others.append((421, "By a name that is not the server's")) }
        if route.takesBody {
            others += [
                (400, "Not JSON"), (404, "No such model"), (409, "What the request says has no answer"),
                (408, "A body that does not come in time"), (413, "A body that is too long"),
                (415, "Not said to be JSON"), (422, "Not of the form that this takes"),
                (503, "Too many requests wait, the program is ending, or this one took too long"),
            ]
        }
        for (status, text) in others.sorted(by: { $0.0 < $1.0 }) {
            var response: Object = [
                "description": .string(text),
                "content": ["application/problem+json": ["schema": reference("Problem")]],
            ]
            if status == 503 {
                response["headers"] = [
                    "Retry-After": ["description": "Seconds, where another time helps.", "schema": ["type": "string"]]
                ]
            }
            responses[String(status)] = .object(response)
        }
        return .object(responses)
    }

    private func answer(_ text: String, _ schema: Value) -> Value {
        ["description": .string(text), "content": ["application/json": ["schema": schema]]]
    }

    private func reference(_ name: String) -> Value { ["$ref": .string("#/components/schemas/\(name)")] }

    private static let shrinkExample: Value = [
        "effects": [
            [
                "experiment": "search", "variant": "a", "effect": 0.31, "treatmentVariance": 0.01,
                "controlVariance": 0.01,
            ],
            [
                "experiment": "search", "variant": "b", "effect": 0.12, "treatmentVariance": 0.01,
                "controlVariance": 0.01,
            ],
            ["experiment": "cart", "effect": -0.05, "se": 0.2],
        ]
    ]

    /// By the first proxy that there is.
    private var proxyExample: Value {
        for model in catalogue.models {
            guard case .proxy(let predictor) = model.kind else { continue }
            let numbers = Object(predictor.proxies.map { ($0, 0.1) })
            return [
                "model": .string(model.name), "effects": [["metrics": .object(numbers), "se": .object(numbers)]],
            ]
        }
        return ["model": "proxy#proxy.liml", "effects": [["metrics": ["clicks": 0.12], "se": ["clicks": 0.03]]]]
    }
}
