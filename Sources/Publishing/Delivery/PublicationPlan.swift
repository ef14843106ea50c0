/// What a publication does to its target: decided before anything is done, and all that a dry run tells.
///
/// A publication overwrites and removes what one before it wrote, as long as nobody changed that since. Everything else in the
/// target is somebody's, and stays.
package struct PublicationPlan: Sendable, Hashable {
    /// What stands at a path of the target.
    package enum Held: Sendable, Hashable {
        case file(sha256: String)
        /// Something that no file takes the place of: a folder, a symbolic link, or a path through one.
        case obstacle
    }

    /// A file that is not the publication's to overwrite or remove.
    package struct Conflict: Sendable, Hashable {
        package enum Reason: String, Sendable {
            case foreign = "report did not write it"
            case changed = "it was changed since report wrote it"
            case obstacle = "a folder or a link stands in its way"
        }

        package var path: String
        package var reason: Reason

        package init(path: String, reason: Reason) {
            self.path = path
            self.reason = reason
        }
    }

    /// All in the order of the bytes of their paths.
    package private(set) var added: [String] = []
    package private(set) var changed: [String] = []
    package private(set) var removed: [String] = []
    package private(set) var conflicts: [Conflict] = []
    /// How many files stay as they are, of those that are published.
    package private(set) var unchanged = 0

    package var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }

    /// The paths that a plan asks about: what is new and what was before.
    package static func questions(_ files: [String: String], _ manifest: PublicationManifest?) -> [String] {
        Set(files.keys).union(manifest?.paths ?? []).sortedByBytes()
    }

    /// - Parameters:
    ///   - files: What is published: SHA-256 by path.
    ///   - manifest: What the last publication left; nil where there was none.
    ///   - held: What stands in the target now at each of the questions' paths; nothing is not in it.
    ///   - isForced: Files that are others' or changed are overwritten and removed all the same; what stands in the way is not.
    package init(
        _ files: [String: String], manifest: PublicationManifest?, held: [String: Held], isForced: Bool
    ) {
        for path in PublicationPlan.questions(files, manifest) {
            let new = files[path]
            let isOwn: Bool
            switch held[path] {
            case nil:
                if new != nil { added.append(path) }
                continue
            case .obstacle:
                // What was to be removed is gone already.
                if new != nil { conflicts.append(Conflict(path: path, reason: .obstacle)) }
                continue
            case .file(let digest):
                if digest == new {
                    unchanged += 1
                    continue
                }
                isOwn = manifest?.isOwn(path, sha256: digest) ?? false
            }
            if isOwn || isForced {
                if new == nil { removed.append(path) } else { changed.append(path) }
            } else {
                let isKnown = manifest?.knows(path) ?? false
                conflicts.append(Conflict(path: path, reason: isKnown ? .changed : .foreign))
            }
        }
    }

    /// Where changes are found by another program.
    package init(added: [String], changed: [String], removed: [String], unchanged: Int) {
        (self.added, self.changed, self.removed) = (added, changed, removed)
        self.unchanged = unchanged
    }
}

extension PublicationPlan {
    /// What stands at a path of a tree, told by all of its files' and links' paths.
    ///
    /// - Parameters:
    ///   - kind: What a path itself is; nil where it is none of them.
    ///   - isAbove: Whether there are files below a path.
    package static func isBlocked(
        _ path: String, manifest: PublicationManifest?, isFile: (String) -> Bool, isAbove: (String) -> Bool
    ) -> Bool {
        // A file of an earlier publication makes room for a folder.
        isAbove(path) || PublishedPath.parents(of: path).contains { isFile($0) && manifest?.knows($0) != true }
    }

    /// A line a change, for a dry run.
    package var lines: [String] {
        added.map { "add     \($0)" } + changed.map { "change  \($0)" } + removed.map { "remove  \($0)" }
    }

    /// `3 added, 1 removed`; nil where nothing changes.
    package var counts: String? {
        let parts = [(added.count, "added"), (changed.count, "changed"), (removed.count, "removed")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
