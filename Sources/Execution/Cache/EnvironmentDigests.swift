import Digests
import Values

/// Variables of the environment that a project's results depend on, each by a digest of its value.
///
/// A digest is an HMAC under the user's key (`BuildCache.digests(of:in:)`), not a plain one: a short password or a flag
/// could be found from its plain digest by trying, and a cache may be copied with its project.
package struct EnvironmentDigests: Sendable, Hashable {
    package struct Variable: Sendable, Hashable {
        package var name: String
        /// 64 hexadecimal digits; that of a variable that is not set differs from that of an empty one.
        package var digest: String
    }

    /// In order of their names.
    package let variables: [Variable]

    package init(_ variables: [Variable] = []) {
        self.variables = variables.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// One value for all of them.
    package var digest: String { Value.list(variables.map { [.string($0.name), .string($0.digest)] }).digest }
}
