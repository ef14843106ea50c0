import Diagnostics
import Documents
import Foundation
import Pipeline
import Values
import Workspace

/// Requests about a document, each answered from the texts as they are now and what was last computed.
extension Session {
    /// Above this size, completion makes do with what was last read of an analysis.
    private static let largeText = 256 << 10

    func response(to method: String, _ id: RequestID, _ message: IncomingMessage) throws(ResponseError) -> Data {
        switch method {
        case "textDocument/completion": OutgoingMessage.answer(id, try complete(message.params()))
        case "textDocument/hover": OutgoingMessage.answer(id, try hover(message.params()))
        case "textDocument/definition": OutgoingMessage.answer(id, try definition(message.params()))
        case "textDocument/references": OutgoingMessage.answer(id, try references(message.params()))
        case "textDocument/documentHighlight": OutgoingMessage.answer(id, try highlights(message.params()))
        case "textDocument/prepareRename": OutgoingMessage.answer(id, try prepareRename(message.params()))
        case "textDocument/rename": OutgoingMessage.answer(id, try rename(message.params()))
        case "textDocument/documentSymbol": OutgoingMessage.answer(id, try symbols(message.params()))
        case "textDocument/foldingRange": OutgoingMessage.answer(id, try folds(message.params()))
        case "textDocument/documentLink": OutgoingMessage.answer(id, try links(message.params()))
        case "textDocument/inlayHint": OutgoingMessage.answer(id, try hints(message.params()))
        case "textDocument/formatting": OutgoingMessage.answer(id, try format(message.params()))
        case "textDocument/codeAction": OutgoingMessage.answer(id, try actions(message.params()))
        default: throw .unknownMethod(method)
        }
    }

    // MARK: Views

    /// The analysis as an open text of it shows; nil for what is no part of one.
    ///
    /// - Parameter exact: Places in what is parsed must be those of the text; otherwise of a large text what was last read
    ///   will do.
    func view(_ uri: String, exact: Bool = true) -> AnalysisView? {
        guard let path = path(of: uri), let document = documents[path] else { return nil }
        let analysis =
            analyses[path] != nil
            ? path
            : analyses.sorted { $0.key < $1.key }.first { _, state in
                state.read.map { state.texts.contains($0.analysis.project.shown(path)) } == true
            }?.key
        guard let analysis, let read = read(analysis, exact: exact || document.file.utf8.count <= Session.largeText)
        else { return nil }
        let shown = read.analysis.project.shown(path)
        let parsed = ([read.document.source] + read.document.includes).first { $0.path == shown }
        guard let file = parsed else { return nil }
        let isSame = file.utf8 == document.file.utf8
        return AnalysisView(
            read: read, file: isSame ? file : SourceFile(path: shown, text: document.file.text),
            built: analyses[analysis]?.built, workspace: snapshot)
    }

    private func read(_ analysis: String, exact: Bool) -> ReadAnalysis? {
        if let read = analyses[analysis]?.read, !exact || analyses[analysis]?.generation == generation { return read }
        guard let read = ReadAnalysis.read(analysis, in: snapshot) else { return analyses[analysis]?.read }
        analyses[analysis]?.read = read
        analyses[analysis]?.generation = generation
        return read
    }

    func location(_ range: SourceRange, _ view: AnalysisView) -> LSP.Location {
        LSP.Location(uri: uri(of: view.path(of: range.file.path)), range: encoding.range(range))
    }

    // MARK: Requests

    private func complete(_ params: LSP.PositionParams) -> LSP.CompletionList {
        guard let view = view(params.textDocument.uri, exact: false) else { return LSP.CompletionList(items: []) }
        let snippets = client.textDocument?.completion?.completionItem?.snippetSupport == true
        let offset = encoding.offset(of: params.position, in: view.file)
        let suggestions = view.suggestions(at: offset, snippets: snippets)
        let width = String(suggestions.count).count
        return LSP.CompletionList(
            items: suggestions.enumerated().map { index, item in
                let order = String(index)
                let replaced = SourceRange(
                    file: view.file, lower: item.replaced.lowerBound, upper: item.replaced.upperBound)
                return LSP.CompletionItem(
                    label: item.label, kind: item.kind, detail: item.detail,
                    documentation: item.documentation.map { LSP.MarkupContent($0) },
                    sortText: String(repeating: "0", count: width - order.count) + order, filterText: item.filter,
                    insertTextFormat: item.isSnippet ? 2 : nil,
                    textEdit: LSP.TextEdit(range: encoding.range(replaced), newText: item.text ?? item.label))
            })
    }

    private func hover(_ params: LSP.PositionParams) -> LSP.Hover? {
        guard let view = view(params.textDocument.uri),
            let (text, range) = view.hover(at: encoding.offset(of: params.position, in: view.file))
        else { return nil }
        return LSP.Hover(contents: LSP.MarkupContent(text), range: encoding.range(range))
    }

    private func definition(_ params: LSP.PositionParams) -> LSP.Location? {
        guard let view = view(params.textDocument.uri) else { return nil }
        return view.definition(at: encoding.offset(of: params.position, in: view.file)).map { location($0, view) }
    }

    private func references(_ params: LSP.ReferenceParams) -> [LSP.Location] {
        guard let view = view(params.textDocument.uri),
            let (id, _) = view.id(at: encoding.offset(of: params.position, in: view.file))
        else { return [] }
        return view.occurrences(of: id).filter { params.context.includeDeclaration || !$0.isDefinition }
            .map { location($0.range, view) }
    }

    private func highlights(_ params: LSP.PositionParams) -> [LSP.DocumentHighlight] {
        guard let view = view(params.textDocument.uri),
            let (id, _) = view.id(at: encoding.offset(of: params.position, in: view.file))
        else { return [] }
        return view.occurrences(of: id).filter { $0.range.file === view.file }
            .map { LSP.DocumentHighlight(range: encoding.range($0.range), kind: $0.isDefinition ? 3 : 2) }
    }

    private func symbols(_ params: LSP.DocumentParams) -> [LSP.DocumentSymbol] {
        guard let view = view(params.textDocument.uri) else { return [] }
        func symbol(_ item: OutlineItem) -> LSP.DocumentSymbol {
            LSP.DocumentSymbol(
                name: item.name, detail: item.detail, kind: item.isHeading ? .string : .object,
                range: encoding.range(item.range), selectionRange: encoding.range(item.selection),
                children: item.children.isEmpty ? nil : item.children.map(symbol))
        }
        return view.outline.map(symbol)
    }

    private func folds(_ params: LSP.DocumentParams) -> [LSP.FoldingRange] {
        guard let view = view(params.textDocument.uri) else { return [] }
        return view.folds.map {
            LSP.FoldingRange(startLine: $0.first - 1, endLine: $0.last - 1, kind: $0.isSection ? "region" : nil)
        }
    }

    private func links(_ params: LSP.DocumentParams) -> [LSP.DocumentLink] {
        guard let view = view(params.textDocument.uri) else { return [] }
        return view.links.map {
            LSP.DocumentLink(
                range: encoding.range($0.range), target: uri(of: $0.path), tooltip: view.project.shown($0.path))
        }
    }

    private func hints(_ params: LSP.RangeParams) -> [LSP.InlayHint] {
        guard let view = view(params.textDocument.uri) else { return [] }
        let lower = encoding.offset(of: params.range.start, in: view.file)
        let upper = encoding.offset(of: params.range.end, in: view.file)
        return view.hints(from: lower, to: upper).map { hint in
            LSP.InlayHint(
                position: encoding.position(of: hint.offset, in: view.file), label: "= \(hint.text)",
                tooltip: LSP.MarkupContent(view.lineage(of: hint.path).joined(separator: "  \n")))
        }
    }
}
