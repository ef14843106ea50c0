import Results

extension PanelLayout {
    /// A heat map: both axes are categories.
    init(cells panel: FigureModel.Panel, in slot: Slot) {
        self.panel = panel
        self.slot = slot
        // Room for the label of a cell that was reached by keyboard, whether or not there is a title.
        let top = slot.top + slot.titleHeight + 20
        let cells = CellLayout(panel, slot: slot, top: top)
        self.cells = cells
        frame = cells.frame
        baseline = frame.bottom
        x = RowScale(middles: cells.columnMiddles)
        y = RowScale(middles: cells.rowMiddles)
        xTicks = []
        yTicks = []
        rows = nil
        bands = nil
        stacks = nil
        labels = PanelLabels()
        pointCount = 0
        outsideCount = 0
        bottom = cells.namesBottom + (slot.showsXTitle && !panel.x.title.isEmpty ? 19 : 2)
    }
}
