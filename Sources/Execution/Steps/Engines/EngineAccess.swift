package import Documents

/// Which engines an analysis may ask.
package struct EngineAccess: Sendable {
    /// Those of `report.yaml`.
    package var settings: [EngineSettings]
    /// Whether the project may have programs run and databases asked that a stranger's may not.
    package var isTrusted: Bool
    /// What engines said of the state of their data while this analysis is built.
    let answers = EngineAnswers()

    package init(settings: [EngineSettings] = [], isTrusted: Bool = false) {
        self.settings = settings
        self.isTrusted = isTrusted
    }

    func settings(of name: String) -> EngineSettings? { settings.first { $0.name == name } }
}
