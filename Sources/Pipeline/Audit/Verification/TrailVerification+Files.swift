import Diagnostics
import Ledger
import Workspace

/// Which files there are: those of the trail, those made from it, and none besides.
extension TrailVerification {
    /// Where what is made from a trail may lie in it.
    static let derivedFolder = "history/"

    /// - Parameters:
    ///   - entries: Of the trail.
    ///   - areWhole: Whether the trail can be read, so that pages can be made from it.
    func files(
        _ listing: TrailListing, _ size: Int, _ entries: VerifiedEntries, _ shown: (String) -> String, areWhole: Bool
    ) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        var known = Set(Tile.all(of: size).map(\.path))
        let present = Set(listing.files)
        for tile in Tile.all(of: size) where !present.contains(tile.path) {
            let what = tile.content == .entries ? "entries" : "hashes"
            let range = tile.range
            faults.append(
                .trail(
                    .missingTrailFile, shown(tile.path),
                    "\(what) \(range.lowerBound) to \(range.upperBound - 1) are missing"))
        }
        known.formUnion(entries.records.map { EntryRecord.path($0) })
        known.formUnion([TransparencyLog.checkpointPath, TransparencyLog.lockPath])
        let (interrupted, lockFaults) = leftOvers(size, shown)
        faults += lockFaults
        let made = derivedFiles(of: areWhole ? entries : nil, &faults)
        for path in listing.others {
            faults.append(.trail(.unknownTrailFile, shown(path), "only regular files and folders belong to the trail"))
        }
        for path in listing.files where !known.contains(path) && made?.contains(ledger.path(path)) != true {
            if path.hasPrefix(Self.derivedFolder),
                Paths.lastComponent(of: path).hasPrefix(FileContent.stagingPrefix)
            {
                faults.append(
                    .trail(
                        .interruptedAppend, shown(path), "it was being written when a build was interrupted",
                        severity: .warning, notes: ["the next build that writes a page beside it removes it"]))
            } else if interrupted.contains(path) {
                faults.append(
                    .trail(
                        .interruptedAppend, shown(path), "it is left over from an append that was interrupted",
                        severity: .warning, notes: ["the next build that appends removes it"]))
            } else if made != nil || !path.hasPrefix(Self.derivedFolder) {
                faults.append(.trail(.unknownTrailFile, shown(path), "the trail does not speak of this file"))
            }
        }
        return faults
    }

    /// What the lock file says an append was about to write, and what is wrong with the lock file.
    private func leftOvers(_ size: Int, _ shown: (String) -> String) -> (Set<String>, [Diagnostic]) {
        let path = ledger.path(TransparencyLog.lockPath)
        // A copy of a trail need have none.
        guard ledger.files.linkStatus(of: path) != nil else { return ([], []) }
        guard let bytes = try? ledger.files.contents(of: path, limit: AppendIntent.limit) else {
            return ([], [.trail(.alteredTrail, shown(TransparencyLog.lockPath), "it cannot be read")])
        }
        if bytes.isEmpty { return ([], []) }
        guard let intent = AppendIntent(bytes) else {
            return (
                [], [.trail(.alteredTrail, shown(TransparencyLog.lockPath), "it holds what no append wrote", byte: 0)]
            )
        }
        return (Set((try? ledger.leftOvers(intent, size: size)) ?? []), [])
    }

    /// The paths of what is made from the trail; nil where it cannot be made, for then nothing is known of such files.
    /// - Parameter entries: nil where the trail is not whole.
    private func derivedFiles(of entries: VerifiedEntries?, _ faults: inout [Diagnostic]) -> Set<String>? {
        guard let entries else { return nil }
        guard let make = derived else { return [] }
        guard let derived = try? make(entries.histories()) else { return nil }
        for file in derived {
            let isThere = ledger.files.linkStatus(of: file.path)?.kind == .file
            let bytes = isThere ? try? ledger.files.contents(of: file.path, limit: TransparencyLog.recordLimit) : nil
            if bytes == file.bytes { continue }
            let path = shown(file.path)
            let remedy = "the next build makes it, and so does report audit log --html"
            if file.isEarlier(bytes) {
                faults.append(
                    .trail(
                        .interruptedAppend, path, "it was to be made anew after the last entry", severity: .warning,
                        notes: [remedy]))
            } else if let bytes {
                let byte = zip(bytes, file.bytes).enumerated().first { $1.0 != $1.1 }?.offset
                faults.append(
                    .trail(
                        .alteredTrail, path, "it is not what is made from the trail",
                        byte: byte ?? min(bytes.count, file.bytes.count), notes: [remedy]))
            } else {
                let message = isThere ? "it cannot be read" : "it is made from the trail, and it is missing"
                faults.append(.trail(.missingTrailFile, path, message, notes: [remedy]))
            }
        }
        return Set(derived.map(\.path))
    }
}
