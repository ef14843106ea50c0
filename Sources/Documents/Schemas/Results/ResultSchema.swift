/// A value that a directive makes, for the reference.
package struct ResultSchema: Sendable, Hashable {
    /// The path under the directive's id. Words in capitals stand for names or, in brackets, for numbers from 0:
    /// `ESTIMATOR.coefficients.METRIC.estimate`, `rows[N].bias`.
    package var path: String
    /// One sentence.
    package var doc: String

    package init(_ path: String, _ doc: String) {
        self.path = path
        self.doc = doc
    }

    /// The path's components; a capital word stands for whatever there is.
    package var components: [String] {
        path.replacing("]", with: "").split { $0 == "." || $0 == "[" }.map(String.init)
    }

    /// Whether a component of a path stands for whatever there is.
    package static func isPlaceholder(_ component: String) -> Bool {
        component.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    /// Several values that stand at one path, `.{estimate, se}` in a table: one each.
    static func several(_ path: String, _ members: [(name: String, doc: String)]) -> [ResultSchema] {
        members.map { ResultSchema("\(path).\($0.name)", $0.doc) }
    }

    /// `estimate`, `se` and `interval` of what stands at a path.
    static func estimate(_ path: String, _ what: String) -> [ResultSchema] {
        several(
            path,
            [
                ("estimate", "\(what)."), ("se", "Its standard error."),
                ("interval", "Its confidence interval, [lower, upper]."),
            ])
    }
}
