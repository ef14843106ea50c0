import Foundation
import MCMC
import Testing

/// Chains' diagnostics equal ArviZ 0.23.4's (Fixtures/chain-diagnostics.py) to 1e-9 relative.
@Suite struct ChainDiagnosticsTests {
    struct Reference: Decodable {
        struct Case: Decodable {
            let name: String
            let chains: [[Double]]
            let rHat: Double
            let essBulk: Double
            let essTail: Double
            let mcseMean: Double
            let mcseQuantiles: [Double]
            let energyFractions: [Double]
        }
        let quantiles: [Double]
        let cases: [Case]
    }

    static func reference() throws -> Reference {
        let folder = try #require(Bundle.module.resourceURL)
        let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/chain-diagnostics.json"))
        return try JSONDecoder().decode(Reference.self, from: data)
    }

    private func expect(_ value: Double?, _ expected: Double, _ name: String) throws {
        let value = try #require(value, "\(name)")
        #expect(abs(value - expected) <= 1e-9 * abs(expected), "\(name): \(value), ArviZ \(expected)")
    }

    @Test func arviz() throws {
        let reference = try Self.reference()
        #expect(reference.cases.count == 10)
        for item in reference.cases {
            let found = ChainDiagnostics(item.chains)
            try expect(found.rHat, item.rHat, "\(item.name) R̂")
            try expect(found.essBulk, item.essBulk, "\(item.name) bulk")
            try expect(found.essTail, item.essTail, "\(item.name) tail")
            try expect(found.mcseMean, item.mcseMean, "\(item.name) mean")
            for (p, expected) in zip(reference.quantiles, item.mcseQuantiles) {
                try expect(found.mcse(ofQuantile: p), expected, "\(item.name) quantile \(p)")
            }
        }
    }

    @Test func energyFractions() throws {
        for item in try Self.reference().cases {
            for (energies, expected) in zip(item.chains, item.energyFractions) {
                try expect(SampledChain.energyFraction(of: energies), expected, "\(item.name) E-BFMI")
            }
        }
    }

    @Test func drawsThatSayNothing() {
        let constant = ChainDiagnostics(Array(repeating: Array(repeating: 1.5, count: 20), count: 4))
        #expect(constant.rHat == nil)
        #expect(constant.essBulk == 80)
        #expect(ChainDiagnostics([[1, 2, 3]]).essBulk == nil)
        #expect(ChainDiagnostics([]).rHat == nil)
        #expect(ChainDiagnostics([[0, 1, 2, 3, .nan]]).essTail == nil)
        #expect(ChainDiagnostics([[0, 1, 2, 3, 4, 5, 1, 2]]).rHat == nil)
        #expect(SampledChain.energyFraction(of: [1, 1, 1]) == nil)
    }
}
