import Datasets
import Values
import Workspace

extension FuzzTarget {
    /// A condition on rows, read and held against a few rows.
    static let predicate = FuzzTarget(
        name: "predicate",
        seeds: [
            "x > 1 and not (y = 'a' or y is missing)", "`a b` in (1, 2, 'c''d') and x >= {params.a}",
            "y not in {params.list} or x is not missing", "x <> -1e-3 and y == \"q\"",
            "x \u{2265} 2 and y \u{2260} 'b'",
        ],
        words: [
            " and ", " or ", "not ", " in ", " is missing", "is not missing", "(", ")", ", ", "'", "\"", "`",
            "{params.a}",
            "{params.list}", ">=", "<>", "\u{2260}", "x", "y", "`a b`", "1e400", "nan", "and x=1 ",
            "or x=1 ", "not not ",
        ]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let bind = { (path: ResultPath) -> Value? in
            switch path.description {
            case "params.a": 2
            case "params.list": ["a", "b"]
            case "params.none": .null
            default: nil
            }
        }
        let predicate: Predicate
        do throws(PredicateFault) {
            predicate = try Predicate(parsing: text, bind: bind)
        } catch {
            try expect(error.offset >= 0 && error.offset <= text.utf8.count, "a fault lies in the text")
            try expect(!error.message.isEmpty, "a fault says something")
            return
        }
        try expect((try? Predicate(parsing: text, bind: bind)) == predicate, "two readings give different conditions")
        let files = MemoryFileSystem(["/d.csv": "x,y,a b\n1,a,1\n2,b,\n,,2\n-1,q,c'd\n"])
        var frame = Frame(
            files: [.init(path: "/d.csv", shown: "d.csv", format: .csv)], missing: [""], filter: predicate)
        guard let survey = try? FrameSurvey(of: &frame, in: files) else { return }
        try expect(survey.kept <= survey.rows && survey.rows == 4, "a condition keeps some of the rows")
    }
}
