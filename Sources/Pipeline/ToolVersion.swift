/// The version of `report`; part of every report's provenance.
package enum ToolVersion {
    package static let current = "0.1.0"
}
