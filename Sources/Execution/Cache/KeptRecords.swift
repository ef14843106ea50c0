import Diagnostics
import Digests
package import Documents
package import Results
package import Values

/// What the cache keeps, read and written again: as much of it as whoever tests its reader must see.
package enum KeptRecords {
    package static func value(of figure: FigureModel) -> Value { figure.record }

    /// nil where the value is no figure's record.
    package static func rewritten(figure value: Value) -> Value? { FigureModel(record: value)?.record }

    /// What a record with diagnostics carries, for their places stay true only while the directive's text does.
    package static func digest(of directive: Directive) -> String { sha256(directive.range.text.utf8) }

    /// nil where the value is no record of what that directive makes.
    package static func rewritten(step value: Value, of directive: Directive) -> Value? {
        StepRecord(value, of: directive)?.value(of: directive)
    }
}
