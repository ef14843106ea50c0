package import Diagnostics

/// The faults that reading an analysis can find.
extension DiagnosticCode {
    package static let invalidUTF8 = DiagnosticCode(101, "invalid-utf8")
    package static let includeCycle = DiagnosticCode(116, "include-cycle")
    package static let includeDepth = DiagnosticCode(117, "include-depth")
    package static let includeFrontMatter = DiagnosticCode(118, "include-front-matter")

    package static let tabs = DiagnosticCode(209, "tabs")

    package static let frontMatter = DiagnosticCode(220, "front-matter")
    package static let missingTitle = DiagnosticCode(221, "missing-title")
    package static let invalidYAML = DiagnosticCode(222, "invalid-yaml")
    package static let duplicateKey = DiagnosticCode(223, "duplicate-key")
    package static let refusedYAML = DiagnosticCode(224, "refused-yaml")
    package static let formatting = DiagnosticCode(230, "formatting")

    package static let unknownDirective = DiagnosticCode(301, "unknown-directive")
    package static let directivePlace = DiagnosticCode(302, "directive-place")
    package static let directiveHead = DiagnosticCode(303, "directive-head")
    package static let directiveTooLarge = DiagnosticCode(304, "directive-too-large")
    package static let unclosedDirective = DiagnosticCode(305, "unclosed-directive")
    package static let notAMapping = DiagnosticCode(306, "not-a-mapping")
    package static let unknownKey = DiagnosticCode(310, "unknown-key")
    package static let missingKey = DiagnosticCode(311, "missing-key")
    package static let wrongType = DiagnosticCode(312, "wrong-type")
    package static let unknownChoice = DiagnosticCode(313, "unknown-choice")
    package static let outOfRange = DiagnosticCode(314, "out-of-range")
    package static let keyConflict = DiagnosticCode(315, "key-conflict")
    package static let invalidID = DiagnosticCode(320, "invalid-id")
    package static let duplicateID = DiagnosticCode(321, "duplicate-id")
    package static let reservedID = DiagnosticCode(322, "reserved-id")

    package static let unknownReference = DiagnosticCode(401, "unknown-reference")

    package static let invalidPath = DiagnosticCode(701, "invalid-path")
    package static let invalidFormat = DiagnosticCode(702, "invalid-format")
    package static let invalidCondition = DiagnosticCode(703, "invalid-condition")
    package static let claimWithoutNumber = DiagnosticCode(704, "claim-without-number")
}
