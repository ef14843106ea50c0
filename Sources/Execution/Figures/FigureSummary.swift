import Documents
import Results

/// What a figure shows in sentences that quote the numbers it is drawn from, for readers who cannot see it.
enum FigureSummary {
    static func text(of model: FigureModel) -> String {
        let isOne = model.panels.count == 1
        // Of many panels the first ones are told.
        let told = model.panels.prefix(4).map { panel in
            let sentence = MarkSentences(panel, isShort: model.panels.count > 2).text
            return isOne ? sentence : "\(panel.title ?? ""): \(sentence)"
        }
        let more = model.panels.count > 4 ? " \(model.panels.count - 4) more panels." : ""
        let count = isOne ? "" : "\(model.panels.count) panels. "
        return count + told.joined(separator: " ") + more
    }
}
