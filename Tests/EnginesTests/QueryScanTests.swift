import Testing

@testable import Engines

/// Which queries a client is given that cannot be asked whether they are one `SELECT`.
@Suite("A look at queries")
struct QueryScanTests {
    @Test(
        "A query goes out without its comments and its semicolon",
        arguments: [
            ("select 1 as a ; -- x", "select 1 as a"), ("select/* x */1 as a", "select 1 as a"),
            ("with x as (select 1 as a)\nselect * from x;\n", "with x as (select 1 as a)\nselect * from x"),
            ("select 'it''s', \"a\"\"b\", `c``d`", "select 'it''s', \"a\"\"b\", `c``d`"),
            ("select '-- x', '/* y */' as a", "select '-- x', '/* y */' as a"), ("VALUES (1)", "VALUES (1)"),
        ])
    func kept(_ query: String, _ sent: String) {
        for dialect in [SQLDialect.spark, .trino] { #expect(QueryScan.scanned(query, dialect) == .success(sent)) }
    }

    @Test(
        "What Spark reads as a query passes",
        arguments: [
            "select a from t join u using (b)", "select transform(xs, x -> x + 1) as y from t",
            "select identifier from t",
            "select reflect from t", "select r'\\d+' as a", "select 'a\\'b' as a",
            "select /*+ broadcast(t) */ * from t",
            "select 'x' as using, 'y' as b", "select `漢` from t", "select '漢' as a", "select \"a\\\"b\" as a",
            "table t",
            "select * from t where a != 1",
        ])
    func passes(_ query: String) {
        #expect(QueryScan.scanned(query, .spark) == .success(query))
    }

    @Test(
        "What could be more than a query does not",
        arguments: [
            "", "-- x", "drop table t", "select 1; drop table t", "select 1) select (2", "select (1", "select 'a",
            "select 1 /* x", "select 1 /* /* */ */", "!touch x", "\\! touch x", "select 1 as a \\g",
            "insert into t select 1", "explain select 1", "set a = b", "from t insert into u select *",
            "select reflect('java.lang.System', 'exit', 1)", "select `REFLECT`('x')", "select reflect /* x */ ('x')",
            "select java_method('x')", "select try_reflect('x')", "select identifier('ref' || 'lect')('x')",
            "select \"reflect\"('x')", "select/*+ x */reflect('x')",
        ])
    func refused(_ query: String) {
        for dialect in [SQLDialect.spark, .trino] { #expect(QueryScan.fault(of: query, dialect) != nil) }
    }

    /// Spark's lexer and client: comments go on behind a backslash and end at a carriage return, comments hold comments, raw
    /// texts have no escapes, spaces are not only ASCII's; its client cuts at any semicolon and drops lines with `--`.
    @Test(
        "Where readings could part, Spark is not asked",
        arguments: [
            "select 1 as a -- x\\\n, 2 as b", "select 1 as a -- x\r, reflect('x') as b\n",
            "select r'\\' as a, '(' as b",
            "select reflect\u{A0}('x')", "select ʀeflect('x')", "select 'a;b'", "select `a;b` from t",
            "select 'a\n-- b'",
            "select '\\' ", "select transform(a) using 'x'", "select transform(a) USING \n\"x\"",
            "select map a using/* y */'x' from t",
            "select transform(a) using r'x'", "select /*+ x('a') */ 1", "select /*+ x",
        ])
    func spark(_ query: String) {
        #expect(QueryScan.fault(of: query, .spark) != nil)
    }

    @Test("A statement with a name at which the client would cut it is told")
    func names() {
        #expect(QueryScan.clientFault(of: "select `a;b`") != nil)
        #expect(QueryScan.clientFault(of: "select `a\n--b`") != nil)
        #expect(QueryScan.clientFault(of: "select `a\nb`, \(SQLDialect.spark.text("a;\n--b"))") == nil)
    }
}
