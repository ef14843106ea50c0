import Testing

@testable import Engines

/// Functions that do more than give a value are found wherever they stand in a query.
@Suite("Functions of PostgreSQL")
struct PostgresFunctionsTests {
    private let names: Set<String> = ["pg_read_file", "nextval", "random", "dblink"]

    @Test(
        "A call is found however it is written",
        arguments: [
            "select pg_read_file('x')", "select PG_Read_File ( 'x')", "select \"pg_read_file\"('x')",
            "select pg_catalog . pg_read_file /* ( */ ('x')", "select 1union select pg_read_file('x')",
            "select $$a$$||pg_read_file('x')", "select 'a' \"b\", pg_read_file('x')", "select * from dblink('x', 'y')",
            "select U&\"\\0070g_read_file\"('x')", "select u&\"pg\\005Fread_file\"('x')",
            "select query, 'pg_read_file' from t", "select 1pg_read_file", "select é,pg_read_file('x')",
        ])
    func found(_ query: String) { #expect(PostgresFunctions.called(by: query, of: names) != nil) }

    @Test(
        "Other names are left alone",
        arguments: [
            "select random() from t", "select nextvalue, my_dblink, dblink_ from t", "select a_nextval from t",
            "select u & \"a\" from t", "select 'x'", "",
        ])
    func left(_ query: String) { #expect(PostgresFunctions.called(by: query, of: names) == nil) }
}
