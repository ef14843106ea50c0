import Diagnostics
import Documents
import Parallelism
import Synchronization
import Values
import Workspace

/// Which analysis is built when.
extension Build {
    /// The outcomes in the order of the analyses.
    func run(
        _ analyses: [Analysis], _ memories: [String: Memory], _ parameters: Parameters, _ onEvent: (Event) -> Void
    ) -> [Outcome] {
        let made = Mutex([[Outcome]](repeating: [], count: analyses.count))
        let sweeps = Mutex([(index: Int, sweep: PendingSweep)]())
        let console = Mutex(())
        return withoutActuallyEscaping(onEvent) { onEvent in
            nonisolated(unsafe) let onEvent = onEvent
            let tell = { @Sendable (event: Event) in console.withLock { _ in onEvent(event) } }
            let independent = [[Int]](repeating: [], count: analyses.count)
            concurrentGraph(inputs: independent, width: options.jobs) { index in
                let analysis = analyses[index]
                switch build(analysis, parameters, memories[analysis.project.root] ?? Memory(), tell) {
                case .made(let outcomes): made.withLock { $0[index] = outcomes }
                case .sweep(let sweep): sweeps.withLock { $0.append((index, sweep)) }
                }
            }
            // In order: of two that would write one report the first has it, whichever was read first.
            var outputs = SweptOutputs()
            for (index, sweep) in sweeps.withLock({ $0 }).sorted(by: { $0.index < $1.index }) {
                let outcomes = build(sweep, &outputs, tell)
                made.withLock { $0[index] = outcomes }
            }
            return made.withLock { Array($0.joined()) }
        }
    }

    /// What came of an analysis, or that it is a sweep, which waits until all others are built.
    private enum Built {
        case made([Outcome])
        case sweep(PendingSweep)
    }

    /// An analysis that was read and is built once for each value of its parameters.
    private struct PendingSweep: Sendable {
        var analysis: Analysis
        var plan: SweepPlan
        var reading: Reading
        var params: Object
        var diagnostics: [Diagnostic]
        var memory: Memory
        var witness: WitnessingFileSystem
    }

    /// Told from an earlier build, where nothing changed since.
    private func build(
        _ analysis: Analysis, _ parameters: Parameters, _ memory: Memory, _ onEvent: (Event) -> Void
    ) -> Built {
        if let known = memory.reports?.outcomes(of: analysis) {
            for outcome in known {
                onEvent(.began(outcome.analysis))
                onEvent(.ended(outcome))
            }
            tidy(after: known, memory)
            return .made(known)
        }
        let witness = WitnessingFileSystem(workspace.files)
        var inputs = workspace
        if memory.reports != nil { inputs.files = witness }
        var diagnostics: [Diagnostic] = []
        guard let reading = read(analysis, in: inputs, memory, diagnostics: &diagnostics) else {
            let outcome = Outcome(
                analysis: analysis, succeeded: false, files: [], diagnostics: diagnostics.inFileOrder())
            onEvent(.began(analysis))
            onEvent(.ended(outcome))
            return .made([outcome])
        }
        let matter = reading.document.frontMatter
        let params = parameters.resolve(matter, diagnostics: &diagnostics)
        if let plan = SweepPlan(matter, options, diagnostics: &diagnostics) {
            return .sweep(
                PendingSweep(
                    analysis: analysis, plan: plan, reading: reading, params: params, diagnostics: diagnostics,
                    memory: memory, witness: witness))
        }
        var outcomes = [build(reading, of: analysis, params, diagnostics, memory, onEvent).outcome]
        close(reading, of: analysis, members: [], &outcomes)
        tidy(after: outcomes, memory)
        memory.reports?.remember(outcomes, of: analysis, witness)
        return .made(outcomes)
    }

    private func build(
        _ pending: PendingSweep, _ outputs: inout SweptOutputs, _ onEvent: (Event) -> Void
    ) -> [Outcome] {
        let (analysis, reading, params, memory) = (
            pending.analysis, pending.reading, pending.params, pending.memory
        )
        var diagnostics = pending.diagnostics
        outputs.claim(pending.plan, of: analysis, in: reading.workspace, diagnostics: &diagnostics)
        if diagnostics.hasErrors {
            return [build(reading, of: analysis, params, diagnostics, memory, onEvent).outcome]
        }
        var outcomes = sweep(pending.plan, reading, of: analysis, params, diagnostics, memory, onEvent)
        close(reading, of: analysis, members: pending.plan.members, &outcomes)
        tidy(after: outcomes, memory)
        memory.reports?.remember(outcomes, of: analysis, pending.witness)
        return outcomes
    }

    /// Keeps the formulas of an analysis, and removes reports that its sweep has no more.
    private func close(
        _ reading: Reading, of analysis: Analysis, members: [SweepPlan.Member], _ outcomes: inout [Outcome]
    ) {
        reading.formulas.cache?.close()
        guard let entries = manifests?.openManifests(of: analysis.project, isNeeded: !members.isEmpty),
            let folder = try? folder(of: analysis, succeeded: true)
        else { return }
        let manifest = SweepManifest(of: analysis, in: entries, output: folder)
        // A parameter that was set for this build alone takes no value away from the sweep.
        let fixed = Set(options.params.map(\.name))
        let isNarrowed =
            reading.document.frontMatter.sweep?.axes.contains { fixed.contains($0.parameter.name) } ?? false
        outcomes[outcomes.count - 1].removed = manifest.update(
            members: members, outcomes: outcomes, isWhole: !isNarrowed)
    }

    /// Takes the partial forms away of reports that are built now.
    private func tidy(after outcomes: [Outcome], _ memory: Memory) {
        for outcome in outcomes where outcome.succeeded { memory.failed?.remove(outcome.analysis.outputName) }
    }
}
