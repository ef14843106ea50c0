/// The table `source` of a query of Spark's that files are given to.
package enum SparkSource {
    /// What makes it of files with an extension; nil for those that Spark reads not.
    package static func statements(of files: [String], extension name: String) -> [String]? {
        let path = "file:" + (files.count == 1 ? escaped(files[0]) : "{\(files.map(escaped).joined(separator: ","))}")
        let options: String
        switch name {
        case "parquet": options = "parquet options (path \(SQLDialect.spark.text(path)))"
        case "csv", "tsv":
            // Text as RFC 4180 has it, quotes doubled and lines within them, as the native reader takes it.
            options =
                "csv options (path \(SQLDialect.spark.text(path)), header 'true', inferSchema 'true', multiLine 'true', "
                + "quote '\"', escape '\"', mode 'FAILFAST'" + (name == "tsv" ? ", sep '\\t')" : ")")
        case "jsonl", "ndjson": options = "json options (path \(SQLDialect.spark.text(path)), mode 'FAILFAST')"
        default: return nil
        }
        return ["create temporary view source using \(options)"]
    }

    /// A path that stands for itself where patterns of names are read.
    private static func escaped(_ path: String) -> String {
        var result = ""
        for character in path {
            if "\\{}[]*?,".contains(character) { result += "\\" }
            result.append(character)
        }
        return result
    }
}
