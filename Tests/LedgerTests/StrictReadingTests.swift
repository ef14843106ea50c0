import Digests
import Ledger
import TestSupport
import Testing
import Values

/// What is read of an entry or a record is all that stood there: else two texts would be one entry.
@Suite struct StrictReadingTests {
    private func entry() -> Value {
        var entry = SampleTrail.entry(3, files: [.init(path: "a.html", bytes: 12, sha256: Value.null.digest)])
        entry.claims.append(.init(path: "mu", text: "above", condition: "> 0", holds: true))
        entry.previous = 1
        return entry.value
    }

    /// Every value in a tree, replaced by others; and every object with a member more and with one less.
    private func others(_ value: Value) -> [Value] {
        var found: [Value] = [.null, true, 1.5, "x", [], [:]].filter { $0 != value }
        switch value {
        case .object(let object):
            var more = object
            more["zz"] = 1
            found.append(.object(more))
            for (key, member) in object {
                for other in others(member) {
                    var changed = object
                    changed[key] = other
                    found.append(.object(changed))
                }
                var less = object
                less[key] = nil
                found.append(.object(less))
            }
        case .list(let items):
            for (index, item) in items.enumerated() {
                for other in others(item) {
                    var changed = items
                    changed[index] = other
                    found.append(.list(changed))
                }
            }
        default: break
        }
        return found
    }

    @Test func anEntryIsReadOrRefusedWhole() throws {
        let value = entry()
        let entry = try #require(LedgerEntry(value))
        #expect(entry.leaf == value.canonicalBytes && entry.previous == 1)
        let changed = others(value) + others(entry.ending(.init(successor: "b"), by: entry.tool).value)
        #expect(changed.count > 500)
        var read = 0
        for other in changed {
            guard let entry = LedgerEntry(leaf: other.canonicalBytes) else { continue }
            read += 1
            #expect(entry.leaf == other.canonicalBytes, "\(other.canonicalJSON)")
        }
        // Texts that are other texts, notes that are none, parameters as anybody likes.
        #expect(read > 50 && read < changed.count / 2)
    }

    @Test(arguments: ["042", "+42", "4 2", "18446744073709551616", "-1", ""])
    func aSeedHasOneForm(text: String) throws {
        var value = try #require(entry().object)
        value["seed"] = .string(text)
        #expect(LedgerEntry(.object(value)) == nil)
    }

    /// Lists that were moved are those whose count and digest the leaf has.
    @Test func movedListsAreTheirOwn() throws {
        let files = (0..<40).map { LedgerEntry.File(path: "\($0).html", bytes: $0, sha256: Value.null.digest) }
        let long = try SampleTrail.entry(3, files: files).fitted(EntryRecord(numbers: []), limit: 3000)
        #expect(long.entry.moved == [.claims, .diagnostics, .files])
        let lists = try #require(long.entry.lists)
        #expect(LedgerEntry(leaf: long.entry.leaf, lists: Value.object(lists).canonicalBytes) == long.entry)
        for other in others(.object(lists)) {
            let read = LedgerEntry(leaf: long.entry.leaf, lists: other.canonicalBytes)
            #expect(read == nil || read == long.entry, "\(other.canonicalJSON)")
        }
    }

    private let record = EntryRecord(numbers: [
        .init(path: "a \"b\" \u{1F600}", value: -0.1, error: 1e-9, interval: .init(lower: nil, upper: 2), isKey: true),
        .init(path: "n", value: 1e300, isKey: false),
        .init(path: "m", value: 7, interval: .init(lower: -1, upper: nil), isKey: false),
        .init(path: "s", value: 0.5, error: 3, isKey: true),
    ])

    @Test func aRecordIsReadAsItWasWritten() {
        for record in [record, EntryRecord(numbers: []), EntryRecord(numbers: [], lists: ["files": []])] {
            #expect(EntryRecord(file: record.value.canonicalBytes) == record)
        }
    }

    /// Flips, deletions and doublings of each byte: what is still read says what it says in the one form that it has.
    @Test func aRecordIsReadOrRefusedWhole() {
        let bytes = record.value.canonicalBytes
        var read = 0
        for place in bytes.indices {
            for change in 0..<10 {
                var changed = bytes
                switch change {
                case 8: changed.remove(at: place)
                case 9: changed.insert(bytes[place], at: place)
                default: changed[place] ^= 1 << change
                }
                guard let record = EntryRecord(file: changed) else { continue }
                read += 1
                #expect(record.value.canonicalBytes == changed, "\(String(decoding: changed, as: UTF8.self))")
            }
        }
        #expect(read > 100)
    }

    @Test func aRecordHasNoOtherMembers() {
        for other in others(record.value) {
            guard let record = EntryRecord(file: other.canonicalBytes) else { continue }
            #expect(record.value.canonicalBytes == other.canonicalBytes, "\(other.canonicalJSON)")
        }
    }
}
