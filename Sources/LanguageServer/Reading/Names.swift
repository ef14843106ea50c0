import Datasets
import Diagnostics
import Documents
import Values
import Workspace

/// Names that come from data and results: columns, metrics, keys of rows.
extension AnalysisView {
    /// The columns of a frame, as its last build found them, else as its first file's head tells.
    func columns(of id: String) -> [(name: String, detail: String)] {
        if let columns = result(id)?["values"]?["columns"]?.list {
            return columns.compactMap { column in
                column["name"]?.string.map { name in
                    let missing = column["missing"]?.number ?? 0
                    let gaps = missing > 0 ? ", \(NumberFormat().text(missing)) missing" : ""
                    return (name, (column["type"]?.string ?? "column") + gaps)
                }
            }
        }
        guard let directive = directive(id), let written = directive.options["source"]?.items.first,
            let text = written.string
        else { return [] }
        return columns(ofFile: text, format: directive.options["format"]?.string).map { ($0, "column") }
    }

    /// The columns of a data file by its head.
    func columns(ofFile written: String, format: String?) -> [String] {
        guard let path = file(matching: written),
            let format = Frame.Format(rawValue: format ?? Paths.pathExtension(of: path))
        else { return [] }
        let file = Frame.File(path: path, shown: project.shown(path), format: format)
        return Frame.columnNames(of: file, in: workspace.files)
    }

    /// The file that a source names, of a pattern the first.
    private func file(matching written: String) -> String? {
        guard Glob.isPattern(written), !written.hasPrefix("/") else { return resolve(written) }
        let folder = Paths.parent(of: path(of: file.path))
        // Nothing outside the project is looked at, names of files neither.
        let fixed = written.split(separator: "/").prefix { !Glob.isPattern(String($0)) }.joined(separator: "/")
        guard Paths.isInside(Paths.normalised(Paths.joined(folder, fixed)), project.root) else { return nil }
        return Glob.matches(written, in: folder, files: workspace.files).first
            .flatMap { resolve(Paths.relative($0, to: folder)) }
    }

    /// The metrics of an `effects` directive.
    func metrics(of id: String) -> [String] {
        if let metrics = result(id)?["values"]?["metrics"]?.list { return metrics.compactMap(\.string) }
        return directive(id)?.options["metrics"]?.strings ?? []
    }

    /// The paths to the scalars of a list's rows: `estimate`, `shrunken.sd`.
    func rowKeys(of written: String) -> [String] {
        guard let path = ResultPath(parsing: written), let value = root[path] else { return [] }
        let list = value.list ?? value["rows"]?.list ?? value["effects"]?.list
        guard let row = list?.first?.object else { return [] }
        return AnalysisView.scalarPaths(in: row, below: ResultPath([]), depth: 0)
    }

    private static func scalarPaths(in object: Object, below path: ResultPath, depth: Int) -> [String] {
        object.flatMap { key, value -> [String] in
            let here = path + key
            if let inner = value.object, depth < 3 { return scalarPaths(in: inner, below: here, depth: depth + 1) }
            return [here.description]
        }
    }

    /// The names that a value of type `name` may have at a place.
    func names(at place: BodyPlace) -> [(name: String, detail: String)] {
        guard let key = place.cursor.path.first, let word = place.schema?.word else { return [] }
        func columns() -> [(name: String, detail: String)] { place.value("data").map { self.columns(of: $0) } ?? [] }
        func metrics() -> [(name: String, detail: String)] {
            (place.value("effects").map { self.metrics(of: $0) } ?? []).map { ($0, "metric") }
        }
        switch (word, key) {
        case ("data", _):
            return place.values("source").first.map { written in
                self.columns(ofFile: written, format: place.value("format")).map { ($0, "column") }
            } ?? []
        case ("effects", "metrics") where place.value("layout") != "units": return []
        case ("effects", "control") where place.value("layout") != "pairs": return []
        case ("effects", _): return columns()
        case ("table", "columns"), ("table", "sort"):
            return (place.value("of").map { rowKeys(of: $0) } ?? []).map { ($0, "of each row") }
        case ("figure", _): return figureNames(key, place)
        case ("meta-analysis", "metric"): return metrics()
        case ("meta-analysis", _): return columns()
        default: return metrics()
        }
    }

    private func figureNames(_ key: String, _ place: BodyPlace) -> [(name: String, detail: String)] {
        guard let of = place.values("of").first else { return [] }
        let metrics = directive(ResultPath(parsing: of)?.root ?? "").map { self.metrics(of: $0.id) } ?? []
        if ["x", "y", "metrics"].contains(key), !metrics.isEmpty { return metrics.map { ($0, "metric") } }
        return rowKeys(of: of).map { ($0, "of each row") }
    }
}
