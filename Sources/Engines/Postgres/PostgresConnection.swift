import CPostgres
import Datasets
import Foundation

/// A session that only reads, all queries of it over one state of the data.
final class PostgresConnection {
    private let handle: OpaquePointer

    /// - Parameters:
    ///   - threads: Of one, rows and their sums come in the order in which they lie.
    ///   - changes: Whether what follows is one change, made whole once it is kept, instead of reading alone.
    init(_ connection: String?, seconds: Double, threads: Int = 1, changes: Bool = false) throws(DataFault) {
        var keys = ["connect_timeout", "client_encoding", "fallback_application_name"]
        var values = ["10", "UTF8", "report"]
        if let connection {
            let isURI = connection.contains("://")
            if isURI { try PostgresConnection.holdToNoPassword(connection) }
            keys.append(isURI ? "dbname" : "service")
            values.append(connection)
        }
        let texts = keys.map { strdup($0) } + values.map { strdup($0) }
        defer { for text in texts { free(text) } }
        let names = texts[..<keys.count].map { UnsafePointer($0) } + [nil]
        let settings = texts[keys.count...].map { UnsafePointer($0) } + [nil]
        guard let opened = PQconnectdbParams(names, settings, 1) else { throw .engine("postgres", "No memory is left") }
        handle = opened
        guard PQstatus(opened) == CONNECTION_OK else { throw failure("PostgreSQL cannot be reached") }
        // So that a query does not outlive who asked: not every server can see it.
        PQclear(PQexec(opened, "set client_connection_check_interval = 1000"))
        for sql in [
            "set standard_conforming_strings = on", "set extra_float_digits = 1", "set datestyle = iso",
            // Times are those of no machine.
            "set time zone 'UTC'", "set intervalstyle = postgres",
            "set max_parallel_workers_per_gather = \(threads - 1)", "set synchronize_seqscans = off",
            "set statement_timeout = \(Int(min(seconds, 1e6) * 1000))",
            changes ? "begin" : "begin isolation level repeatable read, read only",
        ] { try run(sql, "PostgreSQL refuses to begin") }
    }

    deinit { PQfinish(handle) }

    /// `15.18`.
    var version: String {
        String((PQparameterStatus(handle, "server_version").map { String(cString: $0) } ?? "").prefix { $0 != " " })
    }

    /// A password would be kept in the analysis, its report and the trail.
    private static func holdToNoPassword(_ uri: String) throws(DataFault) {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(uri, &message) else {
            // Its words could show what was written.
            PQfreemem(message)
            throw .engine("postgres", "A connection is a service's name or a URI as postgresql://user@host/database")
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            let isSecret = ["password", "sslpassword"].contains(String(cString: keyword))
            if isSecret, option.pointee.val != nil {
                throw .engine(
                    "postgres", "A connection has no password",
                    "libpq takes it from ~/.pgpass, a service file or PGPASSWORD")
            }
            option += 1
        }
    }

    private func failure(_ message: String, _ result: OpaquePointer? = nil) -> DataFault {
        let words = result.flatMap { PQresultErrorMessage($0) } ?? PQerrorMessage(handle)
        return .engine("postgres", message, words.map { String(cString: $0) } ?? "")
    }

    /// Runs a statement of this program that has no rows.
    func run(_ sql: String, _ message: String) throws(DataFault) {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure(message, result) }
    }

    /// Sends rows to a `copy … from stdin`, piece by piece.
    func copy(_ sql: String, _ rows: () -> [UInt8]?) throws(DataFault) {
        let message = "PostgreSQL does not take the rows"
        let begun = PQexec(handle, sql)
        defer { PQclear(begun) }
        guard PQresultStatus(begun) == PGRES_COPY_IN else { throw failure(message, begun) }
        while let piece = rows() {
            let code = piece.withUnsafeBytes { bytes in
                PQputCopyData(
                    handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
            }
            guard code == 1 else { throw failure(message) }
        }
        guard PQputCopyEnd(handle, nil) == 1 else { throw failure(message) }
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure(message, result) }
        }
    }

    /// The columns of a query, which is not run.
    func describe(_ sql: String) throws(DataFault) -> [RowSourceColumn] {
        let prepared = PQprepare(handle, "", sql, 0, nil)
        defer { PQclear(prepared) }
        guard PQresultStatus(prepared) == PGRES_COMMAND_OK else {
            throw failure("PostgreSQL refuses the query, which is one SELECT", prepared)
        }
        let described = PQdescribePrepared(handle, "")
        defer { PQclear(described) }
        guard PQresultStatus(described) == PGRES_COMMAND_OK else {
            throw failure("PostgreSQL refuses the query", described)
        }
        return (0..<PQnfields(described)).map { index in
            RowSourceColumn(
                PQfname(described, index).map { String(cString: $0) } ?? "",
                PostgresConnection.kind(PQftype(described, index)))
        }
    }

    /// By the numbers of `pg_type`.
    private static func kind(_ type: Oid) -> RowSourceColumn.Kind {
        switch type {
        // int8, int2, int4, float4, float8, numeric
        case 20, 21, 23, 700, 701, 1700: .number
        // name, text, bpchar, varchar
        case 19, 25, 1042, 1043: .text
        default: .other
        }
    }

    /// Row by row as they come; none is held beside the one.
    func forEachRow(
        of sql: String, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        // With the extended protocol a text is one statement.
        guard PQsendQueryParams(handle, sql, 0, nil, nil, nil, nil, 0) == 1, PQsetSingleRowMode(handle) == 1 else {
            throw failure("PostgreSQL cannot be asked")
        }
        var record = Record()
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK: break
            default: throw failure("PostgreSQL gives up on the query", result)
            }
            for row in 0..<PQntuples(result) {
                record.clear()
                for column in 0..<PQnfields(result) {
                    let isNull = PQgetisnull(result, row, column) == 1
                    let bytes = UnsafeRawBufferPointer(
                        start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
                    record.append(isNull ? UnsafeRawBufferPointer(start: nil, count: 0) : bytes, isAbsent: isNull)
                }
                try body(&record)
            }
        }
    }
}
