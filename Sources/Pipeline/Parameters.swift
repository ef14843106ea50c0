import Diagnostics
import Documents
import Values
import Workspace

/// The parameters of a build: the front matter's defaults, over them those of a file, over those the command line's.
struct Parameters {
    /// `--params`: a mapping from names to values.
    var file: OptionNode?
    /// `--param name=value`, in order.
    var typed: [(name: String, value: String)]

    /// Reads the file that the options name; nil, with diagnostics, where it cannot be read.
    ///
    /// The path is the user's own: relative to the working folder, and bound to no project.
    init?(_ options: BuildOptions, in workspace: WorkspaceContext, diagnostics: inout [Diagnostic]) {
        typed = options.params
        guard let path = options.paramsFile else { return }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try workspace.files.contents(
                of: workspace.absolute(path), limit: ParameterFile.largestSize + 1)
        } catch {
            diagnostics.append(
                .error(.unreadableFile, "The file of parameters \(path) cannot be read: \(error.reason)", at: nil))
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            diagnostics.append(
                .error(.invalidUTF8, "A file of parameters is UTF-8 text, which \(path) is not", at: nil))
            return nil
        }
        guard let node = ParameterFile.read(SourceFile(path: path, text: text), diagnostics: &diagnostics) else {
            return nil
        }
        file = node
    }

    /// All that is set, and how, so that equal values mean equal parameters and equal words about them.
    var value: Value {
        [
            "file": file.map { .string($0.range.file.path + "\n" + $0.range.file.text) } ?? .null,
            "typed": .list(typed.map { [.string($0.name), .string($0.value)] }),
        ]
    }

    /// Every parameter of an analysis with its value. What is wrong is diagnosed and leaves the default.
    func resolve(_ matter: FrontMatter, diagnostics: inout [Diagnostic]) -> Object {
        var params = matter.params
        for entry in file?.entries ?? [] {
            guard let parameter = matter.parameters.first(where: { $0.name == entry.key }) else {
                diagnostics.append(.unknownParameter(entry.key, of: matter, at: entry.keyRange))
                continue
            }
            switch parameter.value(of: entry.value) {
            case .success(let value): params[parameter.name] = value
            case .failure(let fault):
                var diagnostic = fault.diagnostic(at: entry.value.range)
                diagnostic.notes.append(.init("the parameter is declared here", at: parameter.range))
                diagnostics.append(diagnostic)
            }
        }
        for (name, text) in typed {
            guard let parameter = matter.parameters.first(where: { $0.name == name }) else {
                diagnostics.append(.unknownParameter(name, of: matter))
                continue
            }
            switch parameter.value(of: text) {
            case .success(let value): params[name] = value
            case .failure(let fault):
                diagnostics.append(fault.diagnostic(of: parameter, given: "--param \(name)=\(text)"))
            }
        }
        return params
    }
}

extension Parameter.Fault {
    /// What to say of a value that stands on the command line.
    func diagnostic(of parameter: Parameter, given: String) -> Diagnostic {
        .error(
            code, message, at: parameter.range,
            notes: (near.map { [.init("did you mean \($0)?")] } ?? []) + [.init("it was given as \(given)")])
    }
}

extension Diagnostic {
    /// A name that no parameter of an analysis has, at its place in a file or typed by a person.
    static func unknownParameter(_ name: String, of matter: FrontMatter, at range: SourceRange? = nil) -> Diagnostic {
        let known = matter.parameters.map(\.name)
        let message = "The analysis has no parameter \(name)"
        guard let near = nearestWord(to: name, among: known) else {
            let list = known.isEmpty ? "none" : known.joined(separator: ", ")
            return .error(
                .unknownParameter, message, at: range ?? matter.range, notes: [.init("its parameters: \(list)")])
        }
        guard let range else {
            return .error(.unknownParameter, message, at: matter.range, notes: [.init("did you mean \(near)?")])
        }
        return .error(
            .unknownParameter, message, at: range,
            fixIts: [FixIt("did you mean \(near)?", replacing: range, with: near)])
    }
}
