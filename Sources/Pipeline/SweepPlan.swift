package import Diagnostics
import Digests
import Documents
import Values

/// What a sweep builds: the product of its parameters' values, the first parameter's changing last.
struct SweepPlan {
    /// One report of the sweep.
    struct Member {
        var params: [(name: String, value: Value)]
        /// Its place below the analysis's own output, without extension: `segment=a/level=0_9`.
        var name: String

        /// "segment=a, level=0.9".
        var label: String { params.map { "\($0.name)=\($0.value.written)" }.joined(separator: ", ") }
    }

    /// More reports than this are a mistake.
    static let largestCount = 1000

    let axes: [Sweep.Axis]
    let members: [Member]

    /// nil where the analysis is one report, or, with diagnostics, where no sweep can be made of what was asked for.
    ///
    /// The command line's sweep takes the place of the front matter's; a parameter that the command line sets is not
    /// swept by the front matter.
    init?(_ matter: FrontMatter, _ options: BuildOptions, diagnostics: inout [Diagnostic]) {
        var faults: [Diagnostic] = []
        let fixed = options.params.map(\.name)
        if options.sweeps.isEmpty {
            axes = (matter.sweep?.axes ?? []).filter { !fixed.contains($0.parameter.name) }
        } else {
            axes = options.sweeps.compactMap { SweepPlan.axis($0, of: matter, diagnostics: &faults) }
        }
        for (index, axis) in axes.enumerated() {
            let name = axis.parameter.name
            if fixed.contains(name) || axes[..<index].contains(where: { $0.parameter.name == name }) {
                let what = fixed.contains(name) ? "is set by --param and swept" : "is swept twice"
                faults.append(
                    .error(.sweepConflict, "A parameter has one value in a report; \(name) \(what)", at: axis.range))
            }
        }
        var count = 1
        for axis in axes where count <= SweepPlan.largestCount { count *= axis.values.count }
        if count > SweepPlan.largestCount {
            faults.append(
                .error(
                    .sweepConflict, "A sweep makes at most \(SweepPlan.largestCount) reports",
                    at: axes.first?.range))
        }
        members = faults.isEmpty ? SweepPlan.product(axes) : []
        if let (a, b) = SweepPlan.twins(members) {
            faults.append(
                .error(
                    .outputConflict, "The reports of a sweep have names that differ in more than case",
                    at: axes.first?.range, notes: [.init("\(a.label) and \(b.label) do not")]))
        }
        diagnostics += faults
        if axes.isEmpty || !faults.isEmpty { return nil }
    }

    /// `--sweep name=a,b`.
    private static func axis(
        _ sweep: (name: String, values: [String]), of matter: FrontMatter, diagnostics: inout [Diagnostic]
    ) -> Sweep.Axis? {
        guard let parameter = matter.parameters.first(where: { $0.name == sweep.name }) else {
            diagnostics.append(.unknownParameter(sweep.name, of: matter))
            return nil
        }
        guard parameter.kind != .list else {
            diagnostics.append(
                .error(
                    .sweepConflict, "Lists are swept by 'sweep' in the front matter, not by --sweep",
                    at: parameter.range))
            return nil
        }
        var values: [Value] = []
        for text in sweep.values {
            let given = "--sweep \(sweep.name)=\(sweep.values.joined(separator: ","))"
            switch parameter.value(of: text) {
            case .success(let value) where values.contains(value):
                diagnostics.append(
                    .error(
                        .sweepConflict, "A sweep takes each value once; \(value.written) stands twice",
                        at: parameter.range, notes: [.init("it was given as \(given)")]))
            case .success(let value): values.append(value)
            case .failure(let fault): diagnostics.append(fault.diagnostic(of: parameter, given: given))
            }
        }
        return Sweep.Axis(parameter, values: values, at: parameter.range)
    }

    private static func product(_ axes: [Sweep.Axis]) -> [Member] {
        var members = [Member(params: [], name: "")]
        for axis in axes {
            members = members.flatMap { member in
                axis.values.map { value in
                    let part = fileName(axis.parameter, value)
                    return Member(
                        params: member.params + [(axis.parameter.name, value)],
                        name: member.name.isEmpty ? part : "\(member.name)/\(part)")
                }
            }
        }
        return members
    }

    /// Two members whose files some file systems would not tell apart.
    private static func twins(_ members: [Member]) -> (Member, Member)? {
        var seen: [String: Member] = [:]
        for member in members {
            if let twin = seen.updateValue(member, forKey: member.name.lowercased()) { return (twin, member) }
        }
        return nil
    }

    /// `name=value` in letters, digits, `-`, `_` and `=`, no two values of a parameter alike.
    ///
    /// Other bytes of a value are written as `=2F`, and the point of a number as `_`. A long value is cut, with a
    /// digest behind it.
    static func fileName(_ parameter: Parameter, _ value: Value) -> String {
        var out = ""
        for byte in value.written.utf8 {
            if byte == UInt8(ascii: "."), value.number != nil {
                out += "_"
            } else if ResultPath.isPlain(byte) {
                out.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += "=" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        // No escape has a small letter behind its sign.
        if out.utf8.count > 100 { out = out.prefix(60) + "=x" + sha256(out.utf8).prefix(32) }
        return "\(parameter.name)=\(out)"
    }
}

extension DiagnosticCode {
    package static let sweepConflict = DiagnosticCode(127, "sweep-conflict")
}
