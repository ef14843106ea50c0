"""The units that engines are timed with: three metrics, 1,000 experiments of two arms, a fixed seed."""

import time

METRICS = ["y1", "y2", "y3"]
ANALYSIS = """---
title: Units
---

```data
id: rows
{source}
```

```effects
id: lift
data: rows
layout: units
experiment: experiment
variant: variant
control: control
metrics: [y1, y2, y3]
show: table
```
"""


def drawn(rows: int) -> str:
    """So many units, in DuckDB's SQL."""
    names = "(i % 1000)::int as experiment, case when (i // 1000) % 2 = 0 then 'control' else 'treatment' end as variant"
    numbers = ", ".join(f"hash(i + {k}) / 1.8446744073709552e19 * 10 as y{k}" for k in (1, 2, 3))
    return f"select {names}, {numbers} from range({rows}) r(i)"


def best(times: int, run) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)
