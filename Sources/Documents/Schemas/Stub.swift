package import Diagnostics
package struct DirectiveSchema {
    package static func schema(for word: String) -> DirectiveSchema? { nil }
    package func validate(_ options: OptionNode, diagnostics: inout [Diagnostic]) {}
}
