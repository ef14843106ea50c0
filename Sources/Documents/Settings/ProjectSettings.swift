package import Diagnostics

/// What a project's `report.yaml` says for all of its analyses.
package struct ProjectSettings: Sendable {
    /// A variable of the environment, and where it is named.
    package struct Variable: Sendable {
        package var name: String
        package var range: SourceRange
    }

    /// Variables that results depend on; each name once, in order.
    package var environment: [Variable] = []
    /// What is said of the audit trail.
    package var audit = AuditSettings()
    /// What is said of the site.
    package var site = WebsiteSettings()
    /// Where the project is published.
    package var publish = PublishSettings()
    /// Engines that queries go to.
    package var engines: [EngineSettings] = []
    /// The file itself, where there is one.
    package var source: SourceFile?

    /// Those of a project without the file.
    package init() {}
}

extension ProjectSettings {
    /// In the project's root.
    package static let fileName = "report.yaml"
    /// A larger file is refused.
    package static let largestSize = YAMLReader.largestSize

    /// The keys, for the validator and the reference.
    static let keys: [KeySchema] = [
        KeySchema(
            "environment", .oneOrMore(of: .name),
            "Variables of the environment that results depend on: where one changes, everything is computed again. "
                + "Their values are kept nowhere."),
        KeySchema("audit", .mapping(AuditSettings.keys), "Where the audit trail lies and what it is called."),
        KeySchema("site", .mapping(WebsiteSettings.keys), "What `report site build` makes of the project."),
        KeySchema(
            "publish", .mapping(PublishSettings.keys),
            "Where `report publish` publishes to when it is told no target; used once the project is trusted."),
        KeySchema(
            "engines", .mapOf(.mapping(EngineSettings.keys)),
            "Engines by name that `engine` of `data` can name, beside duckdb, sqlite, postgres and spark."),
    ]

    /// Reads the file; what is wrong in it is diagnosed and left out.
    package init(reading source: SourceFile, diagnostics: inout [Diagnostic]) {
        self.source = source
        let start = source.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let range = SourceRange(file: source, lower: start, upper: source.utf8.count)
        let what = ProjectSettings.fileName
        guard let node = YAMLReader.mapping(range, of: what, diagnostics: &diagnostics) else { return }
        for (_, range) in node.references {
            diagnostics.append(.error(.wrongType, "A setting is a literal", at: range))
        }
        var validator = OptionValidator()
        validator.mapping(node, keys: ProjectSettings.keys, of: what)
        diagnostics += validator.diagnostics
        if let node = node["audit"] { audit = AuditSettings(reading: node, diagnostics: &diagnostics) }
        if let node = node["site"] { site = WebsiteSettings(reading: node, diagnostics: &diagnostics) }
        if let node = node["publish"] { publish = PublishSettings(reading: node) }
        if let node = node["engines"] { engines = EngineSettings.read(node, diagnostics: &diagnostics) }
        for item in node["environment"]?.items ?? [] {
            guard let name = item.string, item.scalar?.isUnresolved == false, !name.isEmpty else { continue }
            guard ProjectSettings.isVariable(name) else {
                diagnostics.append(
                    .error(
                        .wrongType,
                        "A variable of the environment is named by letters, digits and '_', as DATA_RELEASE",
                        at: item.range))
                continue
            }
            if let twin = environment.first(where: { $0.name == name }) {
                diagnostics.append(
                    .error(
                        .keyConflict, "A variable is named once; \(name) stands twice", at: item.range,
                        notes: [.init("it is named here", at: twin.range)]))
                continue
            }
            environment.append(Variable(name: name, range: item.range))
        }
    }

    /// By POSIX's rule for names: letters, digits and `_`, no digit first.
    private static func isVariable(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        return bytes.allSatisfy { byte in
            byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
        } && !(bytes.first.map { (0x30...0x39).contains($0) } ?? true)
    }
}
