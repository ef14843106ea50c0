import Foundation

/// How much memory a query may take, so that one that asks for all there is ends, and not the machine.
package struct EngineMemory: Sendable, Hashable {
    /// What was asked for, no more than the machine bears; nil where nothing was.
    let asked: Int?

    /// - Parameter gigabytes: As `report.yaml` says; nil for what the machine bears.
    package init(gigabytes: Double?) {
        asked = gigabytes.map { Int(min($0 * 1e9, EngineMemory.most)) }
    }

    var bytes: Int { asked ?? Int(EngineMemory.most) }

    /// Three quarters of the machine's.
    private static var most: Double { 0.75 * Double(ProcessInfo.processInfo.physicalMemory) }
}
