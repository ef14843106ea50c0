extension DirectiveSchema {
    static let dataResults = [
        ResultSchema("rows", "How many rows the files have."),
        ResultSchema("kept", "How many of them 'where' keeps."),
        ResultSchema("columns[N].name", "The name of a column."),
        ResultSchema("columns[N].type", "What the column holds: numbers or texts."),
        ResultSchema("columns[N].missing", "How many of its cells are missing."),
    ]

    static let effectsResults =
        [
            ResultSchema("metrics", "The metrics, in order."),
            ResultSchema("scale", "How effects are expressed."),
            ResultSchema("experiments", "How many experiments there are."),
            ResultSchema("arms", "How many treatments they have."),
            ResultSchema("rows[N].experiment", "The experiment of an arm."),
            ResultSchema("rows[N].variant", "The arm's name."),
        ] + ResultSchema.estimate("rows[N].effects.METRIC", "The effect on a metric")

    static let tableResults = [
        ResultSchema("columns", "The headings."),
        ResultSchema("groups[N].title", "The title of a group, where there are groups."),
        ResultSchema("groups[N].rows", "How many rows the group has."),
        ResultSchema("rows[N]", "The cells of a row, in the order of the columns."),
    ]

    static let figureResults = [
        ResultSchema("kind", "The kind of plot."),
        ResultSchema("panels[N].marks", "What a panel draws, each series in full."),
    ]
}
