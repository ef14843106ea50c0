import Testing

@testable import Publishing

@Suite struct SitePathTests {
    @Test(arguments: [
        ("index.html", "a.html", "a.html"), ("x/y.html", "x/z.html", "z.html"), ("x/y.html", "a.html", "../a.html"),
        ("x/y/z.html", "x/w/v.html", "../w/v.html"), ("a.html", "a.html", "a.html"),
        ("x.html", "x/y.html", "x/y.html"), ("a.html", "s/country=de é.html", "s/country=de%20%C3%A9.html"),
        ("a.html", "s/50%.html", "s/50%25.html"),
    ])
    func linksAreRelative(_ from: String, _ to: String, _ link: String) {
        #expect(SitePath.link(from: from, to: to) == link)
    }

    @Test func foldersAreNamedInWords() {
        #expect(SitePath.title(of: "x/decision-rules") == "Decision rules")
        #expect(SitePath.folder(of: "a.html").isEmpty && SitePath.folder(of: "x/y/a.html") == "x/y")
    }

    @Test(arguments: [
        ("https://example.com/", "/"), ("https://example.com/docs/", "/docs/"), ("http://localhost:80/a/b/", "/a/b/"),
    ])
    func thePathOfAnAddress(_ address: String, _ path: String) {
        #expect(SiteSettings(title: "", baseURL: address).basePath == path)
    }
}
