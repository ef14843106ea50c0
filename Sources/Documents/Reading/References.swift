package import Diagnostics
import Values

extension Directive {
    /// The ids that the directive names, in order of first mention in each place: ids of its schema, roots of paths and
    /// of `{path}` scalars. `params` and `meta` are none; captions and footnotes make no edge.
    package var dependencies: [(id: String, range: SourceRange)] {
        guard let schema = DirectiveSchema.named(word) else { return [] }
        var found: [(id: String, range: SourceRange)] = []
        for entry in options.entries {
            let type = schema.keys.first { $0.name == entry.key }?.type ?? .any
            entry.value.collectReferences(of: type, into: &found)
        }
        return found.filter { $0.id != "params" && $0.id != "meta" }
    }
}

extension OptionNode {
    fileprivate func collectReferences(of type: OptionType, into found: inout [(id: String, range: SourceRange)]) {
        switch content {
        case .mapping(let entries):
            for entry in entries { entry.value.collectReferences(of: type.member(entry.key), into: &found) }
        case .list(let items): for item in items { item.collectReferences(of: type.item, into: &found) }
        case .scalar(let scalar):
            if let path = scalar.reference {
                found.append((path.root, range))
            } else if type == .id {
                found.append((scalar.text, range))
            } else if type.isPath, let path = ResultPath(parsing: scalar.text) {
                found.append((path.root, range))
            }
        }
    }
}

extension OptionType {
    /// The type of the items of a list of this type.
    fileprivate var item: OptionType {
        switch self {
        case .list(let item), .oneOrMore(let item): item
        default: self
        }
    }

    /// The type of a mapping's member.
    fileprivate func member(_ key: String) -> OptionType {
        switch self {
        case .mapping(let keys): keys.first { $0.name == key }?.type ?? .any
        case .mapOf(let type): type
        default: self
        }
    }

    fileprivate var isPath: Bool { self == .path || self == .oneOrMore(of: .path) }
}

extension AnalysisDocument {
    /// Every value of the prose, captions, alternative texts and front matter included.
    package var allValues: [InlineValue] {
        (Array(values.values) + richTexts.flatMap { Array($0.values.values) }).sorted {
            ($0.range.file.path, $0.range.lower, $0.path.description)
                < ($1.range.file.path, $1.range.lower, $1.path.description)
        }
    }

    /// Every claim of the prose, captions, alternative texts and front matter included.
    package var allClaims: [Claim] {
        (Array(claims.values) + richTexts.flatMap { Array($0.claims.values) }).sorted {
            ($0.range.file.path, $0.range.lower, $0.path.description)
                < ($1.range.file.path, $1.range.lower, $1.path.description)
        }
    }

    /// The texts of front matter and of directives that are inline Markdown.
    package var richTexts: [RichText] {
        let front = [frontMatter.title, frontMatter.subtitle, frontMatter.abstract].compactMap { $0 }
        let numbers = frontMatter.highlights.flatMap { [$0.value, $0.text] }
        return front + numbers + directives.flatMap { [$0.caption, $0.alt].compactMap { $0 } }
    }

    /// Reports values, claims and parameters that refer to nothing: ids that no directive has, parameters that front
    /// matter does not name. (What directives need of each other, the plan checks.)
    ///
    /// It needs no results; whether a path leads somewhere inside a result is known only when that result is.
    package func checkReferences(diagnostics: inout [Diagnostic]) {
        let ids = directives.filter(\.hasWrittenID).map(\.id)
        func check(_ path: ResultPath, _ range: SourceRange) {
            if path.root == "params", case .name(let name) = path.tail.components.first {
                if frontMatter.params[name] == nil {
                    report("There is no parameter '\(name)'", name, frontMatter.params.keys, range)
                }
            } else if !["params", "meta"].contains(path.root), !ids.contains(path.root) {
                report("There is no directive with the id '\(path.root)'", path.root, ids, range)
            }
        }
        func report(_ message: String, _ name: String, _ known: [String], _ range: SourceRange) {
            var fixIts: [Diagnostic.FixIt] = []
            if let near = nearestWord(to: name, among: known), let place = range.first(name) {
                fixIts = [Diagnostic.FixIt("write '\(near)'", replacing: place, with: near)]
            }
            let list = known.isEmpty ? "there are none" : "there are \(known.joined(separator: ", "))"
            diagnostics.append(
                .error(
                    .unknownReference, message, at: range, notes: fixIts.isEmpty ? [Diagnostic.Note(list)] : [],
                    fixIts: fixIts))
        }
        for directive in directives {
            for (path, range) in directive.options.references where path.root == "params" { check(path, range) }
        }
        for value in allValues { check(value.path, value.range) }
        for claim in allClaims { check(claim.path, claim.range) }
    }
}

extension SourceRange {
    /// The first place in the range at which `word` stands.
    package func first(_ word: String) -> SourceRange? {
        let bytes = Array(word.utf8)
        guard !bytes.isEmpty, bytes.count <= upper - lower else { return nil }
        for start in lower...(upper - bytes.count) where file.utf8[start..<(start + bytes.count)].elementsEqual(bytes) {
            return SourceRange(file: file, lower: start, upper: start + bytes.count)
        }
        return nil
    }
}
