import Reports

/// "Table 1. The numbers behind Figure 1.", for a directive that shows both; nil for any other.
func tableCaptionUnderFigure(_ item: ReportItem) -> String? {
    guard let table = item.tableNumber, let figure = item.figureNumber, item.figure != nil else { return nil }
    return "Table \(table). The numbers behind Figure \(figure)."
}
