import Testing

@testable import Publishing

@Suite struct SiteTreeTests {
    @Test func reportsAreReadByOrderThenTitle() {
        let tree = SiteTree(SampleSite.usual.pages)
        #expect(tree.all.map(\.path) == ["proxy.html", "shop/b.html", "shop/a.html"])
        #expect(tree.allFolders.map(\.landing) == ["shop/index.html"] && tree.allFolders[0].title == "Shop")
    }

    /// The index of a sweep stands for the folder of its reports, as `index.html` does for its own.
    @Test func aReportCanStandForAFolder() {
        let tree = SiteTree([
            SampleSite.report("lift/x=1.html", "One"), SampleSite.report("lift.html", "Lift"),
            SampleSite.report("shop/index.html", "The shop"), SampleSite.report("shop/a.html", "A"),
            SampleSite.report("index.html", "Welcome"),
        ])
        #expect(
            tree.all.map(\.path) == ["index.html", "lift.html", "lift/x=1.html", "shop/index.html", "shop/a.html"])
        #expect(tree.root.pages.isEmpty && tree.root.folders.map(\.title) == ["Lift", "The shop"])
        let chain = tree.folders(to: SampleSite.report("lift/x=1.html", "One"))
        #expect(chain.map(\.path) == ["", "lift"])
    }

    @Test func tagsOfOneSlugHavePagesOfTheirOwn() {
        let pages = ["meta-analysis", "Meta analysis", "B", "index"].enumerated().map { index, tag in
            SampleSite.report("\(index).html", tag) { $0.tags = [tag] }
        }
        #expect(
            SiteTags(pages).all.map(\.path) == [
                "tags/b.html", "tags/tag.html", "tags/meta-analysis.html", "tags/meta-analysis-2.html",
            ])
    }
}
