/// The colours of heat maps: two hues, nine steps each, that differ in lightness and hold text.
///
/// Steps were found in Oklch at hues 250 (blue, above the middle) and 52 (orange, below it), which all common forms of
/// colour blindness tell apart. Steps 1 to 6 have a contrast of at least 4.5 : 1 with ink, 7 to 9 with paper.
enum CellStyle {
    static let rules = """
        .plot .cell{fill:var(--c)}
        .plot .zero,.plot .none{fill:none}
        .plot .zero{stroke:var(--rule)}
        .plot .number{font-size:11.5px;font-variant-numeric:tabular-nums}
        .plot .small{font-size:10px}
        .plot .tiny{font-size:9px}
        .plot .out{fill:var(--paper)}
        .plot .minus{stroke:var(--ink);stroke-opacity:.5}
        .plot .minus.out{stroke:var(--paper)}
        .plot .divide{fill:none;stroke:var(--ink);stroke-width:1.5}
        .plot .pt:hover .cell,.plot .pt:focus .cell{stroke:var(--ink);stroke-width:2}
        .plot .column{font-size:11.5px}
        .high1{--c:var(--high-1)}.high2{--c:var(--high-2)}.high3{--c:var(--high-3)}.high4{--c:var(--high-4)}\
        .high5{--c:var(--high-5)}.high6{--c:var(--high-6)}.high7{--c:var(--high-7)}.high8{--c:var(--high-8)}.high9{--c:var(--high-9)}
        .low1{--c:var(--low-1)}.low2{--c:var(--low-2)}.low3{--c:var(--low-3)}.low4{--c:var(--low-4)}\
        .low5{--c:var(--low-5)}.low6{--c:var(--low-6)}.low7{--c:var(--low-7)}.low8{--c:var(--low-8)}.low9{--c:var(--low-9)}

        """

    static let light = """
        --high-1:#e3f0ff;--high-2:#c8e2fe;--high-3:#a9d3ff;--high-4:#89c0f9;--high-5:#68aaee;\
        --high-6:#418ed8;--high-7:#2474bc;--high-8:#145b99;--high-9:#0a4475;\
        --low-1:#ffebe0;--low-2:#fed8c2;--low-3:#fec29d;--low-4:#f7aa7b;--low-5:#eb8f53;\
        --low-6:#d36f26;--low-7:#b05915;--low-8:#8d460e;--low-9:#69340d;
        """

    static let dark = """
        --high-1:#131f2c;--high-2:#192c40;--high-3:#1e3a56;--high-4:#24496d;--high-5:#2a5885;\
        --high-6:#2e669c;--high-7:#4389cd;--high-8:#5da6ef;--high-9:#8bc4fe;\
        --low-1:#2a1b11;--low-2:#3e2516;--low-3:#52301b;--low-4:#683c1f;--low-5:#7f4824;\
        --low-6:#945226;--low-7:#c56f35;--low-8:#e98a4b;--low-9:#ffac79;
        """
}
