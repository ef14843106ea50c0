import Datasets
import Digests
import Estimation
import PresentationSupport
import Testing

@testable import Engines

/// Which units a draft is made of.
@Suite("Samples of units")
struct UnitSampleTests {
    @Test("Names are chosen by the beginnings of MD5 hashes")
    func reference() throws {
        // Python 3.11: [i for i in range(20) if hashlib.md5(f"{seed}:u{i}".encode()).hexdigest() < "80000000"]
        let sample = try #require(UnitSample(share: 0.5, seed: 1))
        #expect(sample.bound == "80000000")
        let half = sample.chooser
        let kept = (0..<20).filter { half.keeps("u\($0)".utf8) }
        #expect(kept == [1, 4, 15, 17])
        let other = try #require(UnitSample(share: 0.5, seed: 2)).chooser
        #expect((0..<20).filter { other.keeps("u\($0)".utf8) } == [1, 4, 5, 6, 7, 9, 11, 14, 15, 17, 18, 19])
    }

    @Test("The share is right, and a smaller one is part of it")
    func share() throws {
        let (tenth, hundredth) = try (
            #require(UnitSample(share: 0.1, seed: 7)).chooser, #require(UnitSample(share: 0.01, seed: 7)).chooser
        )
        let names = (0..<40_000).map { "user-\($0)" }
        let kept = names.filter { tenth.keeps($0.utf8) }
        // Five standard deviations of the binomial: 5·√(40000·0.1·0.9) = 300.
        #expect(abs(kept.count - 4000) < 300)
        #expect(names.filter { hundredth.keeps($0.utf8) }.allSatisfy { tenth.keeps($0.utf8) })
    }

    @Test("A share that is none of a draft is none", arguments: [0, -0.1, 1, 2, 1e-7, .nan, .infinity])
    func bad(_ share: Double) { #expect(UnitSample(share: share, seed: 1) == nil) }

    @Test(
        "A share is told as people say it",
        arguments: [(0.01, "1%"), (0.07, "7%"), (0.125, "12.5%"), (0.000001, "0.0001%"), (0.999, "99.9%")])
    func words(_ share: Double, _ text: String) throws {
        #expect(try #require(UnitSample(share: share, seed: 3)).words == "\(text) of units, seed 3")
    }

    @Test("The condition stands in the SQL of every dialect", arguments: SQLDialect.allCases)
    func sql(_ dialect: SQLDialect) throws {
        let sample = try #require(UnitSample(share: 0.01, seed: 1))
        let whole = UnitSQLTests.table(dialect, where: .compare(column: "day", .less, .number(14)))
        let table = try #require(whole.sampled(sample, by: "shop") as? QueryTable)
        let named = UnitSQLTests.columns(table, "test", "the \"arm\"", "clicks", "shop")
        let query = UnitQuery(
            table, experiment: named[0], variant: named[1], numbers: [.init(named[2])],
            design: UnitDesign(metrics: [.init("clicks", numerator: 0)]))
        let text =
            dialect.hasMoments ? try PlainMomentsSQL.text(query) : try UnitSumsSQL(query, isCentred: false).text()
        expectGolden(text + "\n", "sample-\(dialect.rawValue).sql")
    }
}
