import Datasets

/// Functions that do something beside giving a value: a transaction that only reads holds them to leave tables alone, and
/// not to leave the server's files, sessions and settings alone.
enum PostgresFunctions {
    /// Functions written in languages that may do anything, whose value PostgreSQL does not call settled by what is in the
    /// tables. Those written in SQL or PL/pgSQL only do what the transaction lets them.
    static let query = """
        select distinct p.proname from pg_catalog.pg_proc p join pg_catalog.pg_language l on l.oid = p.prolang
        where p.provolatile = 'v' and not l.lanpltrusted
        """

    /// Of these the ones that only tell something.
    private static let harmless: Set<String> = [
        "clock_timestamp", "gen_random_uuid", "pg_current_wal_lsn", "pg_database_size", "pg_last_committed_xact",
        "pg_last_wal_replay_lsn", "pg_relation_size", "pg_table_size", "pg_total_relation_size",
        "pg_xact_commit_timestamp", "random", "random_normal", "timeofday", "uuid_generate_v1", "uuid_generate_v4",
    ]

    /// The first of `names` that a query could call; nil for none.
    ///
    /// It looks for words wherever they stand, in texts and comments, too: to know where those end would be to read as
    /// PostgreSQL does, and a mistake in that a way in. A name in Unicode escapes is no word and is refused as such.
    static func called(by query: String, of names: Set<String>) -> String? {
        let bytes = Array(query.utf8)
        var index = 0
        while index < bytes.count {
            // A number, or a text between dollars, ends without a blank where a word begins.
            guard isWord(bytes[index]), !(0x30...0x39).contains(bytes[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < bytes.count, isWord(bytes[index]) { index += 1 }
            let word = String(decoding: bytes[start..<index].map(lowercased), as: UTF8.self)
            if word == "u", bytes[index...].starts(with: Array("&\"".utf8)) { return "U&\"…\"" }
            if names.contains(word), !harmless.contains(word) { return word }
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte & 0xDF)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
