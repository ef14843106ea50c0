import Publishing
import Testing
import Values

/// What is passed on to git and rsync, and what a publication's list says.
@Suite struct PublicationAddressTests {
    @Test(arguments: [
        ("https://example.org/ann/site.git", GitAddress.remote("https://example.org/ann/site.git")),
        ("https://ann:secret@example.org:8443/site", .remote("https://ann:secret@example.org:8443/site")),
        ("ssh://git@[::1]:22/site", .remote("ssh://git@[::1]:22/site")),
        ("git@example.org:ann/my site.git", .remote("git@example.org:ann/my site.git")),
        ("/srv/git/a b.git", .folder("/srv/git/a b.git")), ("../a:b", .folder("../a:b")),
        ("sub/repo", .folder("sub/repo")),
        ("file:///srv/x.git", .folder("/srv/x.git")), ("origin", .named("origin")),
    ])
    func gitTakes(text: String, address: GitAddress) { #expect(GitAddress(text) == address) }

    @Test(arguments: [
        "https://-x/y", "https:///x", "https://a b/x", "ssh://-oProxyCommand=x@host/y", "ssh://host:22x/y",
        "ext::sh -c x",
        "ext::https://example.org/x", "http://example.org", "a:-b", "a:", ":b", "-", "a\u{0}b", "host:x\ny", "C:\\x",
        "ssh://a@b@c/x", "https://ho$t/x",
    ])
    func gitDoesNotTake(text: String) { #expect(GitAddress(text) == nil) }

    @Test func passwordsAreNotShown() {
        #expect(GitAddress.shown("https://ann:secret@example.org/x") == "https://ann:…@example.org/x")
        #expect(GitAddress.shown("https://ann@example.org/x") == "https://ann@example.org/x")
        #expect(GitAddress.shown("git@example.org:x") == "git@example.org:x")
    }

    @Test(arguments: [
        ("ann@example.org:/srv/www/", RsyncAddress.remote("ann@example.org:/srv/www")),
        ("host::module/site", .remote("host::module/site")),
        ("rsync://host:873/module", .remote("rsync://host:873/module")),
        ("./a:b/", .folder("./a:b")), ("/srv/www", .folder("/srv/www")), ("host:www", .remote("host:www")),
    ])
    func rsyncTakes(text: String, address: RsyncAddress) { #expect(RsyncAddress(text) == address) }

    @Test func rulesNameTheFilesAndTheirFolders() {
        #expect(
            RsyncRules.removing(["a/b/c[1].html", "x y.html", #"a\d.html"#]) == """
                R /a/b/c\\[1].html
                R /x y.html
                R /a\\d.html
                R /a/
                R /a/b/
                P *

                """)
        #expect(RsyncRules.removing([]) == "P *\n")
    }

    @Test func aListIsReadAsItIsWritten() {
        let digest = String(repeating: "ab", count: 32)
        let manifest = PublicationManifest(files: ["b/c.html": digest, "a.html": digest], pending: ["ä.html": digest])
        #expect(
            manifest.text == """
                {
                  "publication": "report publish",
                  "files": {
                    "a.html": "\(digest)",
                    "b/c.html": "\(digest)"
                  },
                  "pending": {
                    "ä.html": "\(digest)"
                  }
                }

                """)
        let value: Value = ["publication": "report publish", "files": ["a.html": .string(digest)]]
        #expect(PublicationManifest(value)?.files == ["a.html": digest])
        #expect(PublicationManifest(["files": ["a.html": .string(digest)]]) == nil)
        #expect(PublicationManifest(["publication": "report publish", "files": ["a.html": "x"]]) == nil)
        #expect(PublicationManifest(["publication": "report publish", "files": []]) == nil)
    }

    @Test(arguments: [
        "a/.git/x", "a/.GIT", ".git", "./a", "a/", "/a", "a\\b", "a\u{7F}", String(repeating: "a", count: 1025),
    ])
    func pathsThatAreNotPublished(path: String) { #expect(!PublishedPath.isSafe(path)) }

    @Test(arguments: ["a b/ä -.html", "-x", ".nojekyll", ".well-known/x", "a..b", "\"q\".html"])
    func pathsThatAre(path: String) { #expect(PublishedPath.isSafe(path)) }
}
