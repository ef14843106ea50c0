/// What a person asks of a site beside the builds that it is made of.
package struct SiteOptions: Sendable {
    /// As typed; nil for `output/site` of the project.
    package var output: String?
    /// Nil for that of `report.yaml`.
    package var baseURL: String?
    package var includesDrafts = false
    /// Whether other sites are asked for what is linked to.
    package var checksExternal = false
    /// Of the reports.
    package var build = BuildOptions()

    package init() {}
}
