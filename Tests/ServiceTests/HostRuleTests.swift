import Testing

@testable import Service

@Suite struct HostRuleTests {
    @Test(arguments: ["localhost", "LOCALHOST:4747", "127.0.0.1:1", "[::1]", "[::1]:4747", "10.1.2.3:80", "localhost."])
    func ownNamesAndNumbersAreAllowed(authority: String) {
        #expect(HostRule.known([]).allows(authority))
    }

    @Test(arguments: [
        nil, "", ":80", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost:80:90", "[::1",
        "[::1]x",
        "1.2.3.4.5", "127.0.0.256",
    ])
    func otherNamesAreNot(authority: String?) {
        #expect(!HostRule.known([]).allows(authority))
        #expect(HostRule.any.allows(authority))
    }

    @Test func givenNamesAre() {
        #expect(HostRule.known(["Report.Example"]).allows("report.example:8080"))
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.9.1", true), ("::1", true), ("localhost", true), ("0.0.0.0", false), ("::", false),
        ("127.0.0.1.example", false), ("192.168.0.1", false), ("host", false),
    ])
    func loopbackIsWhatOnlyThisMachineReaches(host: String, isLoopback: Bool) {
        #expect(ServerAddress(host: host, port: 1).isLoopback == isLoopback)
    }
}

@Suite struct RequestTargetTests {
    @Test(arguments: [
        ("/", "/", nil), ("/a%20b/c?x=%41", "/a b/c", "x=%41"), ("http://h:1/p?q", "/p", "q"), ("/a/", "/a/", nil),
        ("/%C3%A4", "/ä", nil), ("/a?b?c", "/a", "b?c"),
    ])
    func pathsAndQueriesAreRead(target: String, path: String, query: String?) throws {
        let read = try #require(RequestTarget(target))
        #expect(read.path == path)
        #expect(read.query == query)
    }

    @Test(arguments: [
        "", "*", "a", "/..", "/a/../b", "/%2e%2E/x", "/a/.", "/a%2fb", "/a%5Cb", "/%00", "/%", "/%4", "/%zz", "/%ff",
    ])
    func whatNoFileCouldBeIsNone(target: String) {
        #expect(RequestTarget(target) == nil)
    }
}

@Suite struct HTTPDateTests {
    /// The example of RFC 9110, 5.6.7.
    @Test func isAsTheStandardHasIt() {
        #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
}
