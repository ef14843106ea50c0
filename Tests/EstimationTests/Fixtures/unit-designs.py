# Makes unit-designs.csv and unit-designs.json: unit-level designs in exact rational arithmetic on the numbers of the file
# as doubles hold them, unit by unit (no moments), and checked against statsmodels where it has the same estimate.
# numpy 2.4.6, statsmodels 0.15.0.
import json
from fractions import Fraction as F

import numpy as np
import pandas as pd
import statsmodels.api as sm

rng = np.random.default_rng(20261129)
arms, per_arm, clusters = ["control", "a", "b"], 80, 8
rows = []
for k, arm in enumerate(arms):
    for i in range(per_arm):
        c = i % clusters if i < 56 else int(rng.integers(0, clusters))
        shift = 0.3 * np.sin(7.0 * (k * clusters + c))
        x1 = 1e9 + rng.normal() + shift
        x2 = rng.gamma(2.0)
        y = 1e9 + 0.6 * (x1 - 1e9) + 0.2 * x2 + 0.7 * rng.normal() + 0.15 * k + shift
        d = int(rng.integers(1, 6))
        n = d * 1e9 + d * (0.4 * (x1 - 1e9) + 0.1 * k) + rng.normal() * np.sqrt(d)
        w = [0.5, 1.0, 2.25][int(rng.integers(0, 3))]
        rows.append((arm, f"{arm}{c}", round(y, 4), round(x1, 4), round(x2, 4), round(n, 4), d, w))
data = pd.DataFrame(rows, columns=["arm", "cluster", "y", "x1", "x2", "n", "d", "w"])
data.to_csv("unit-designs.csv", index=False)

units = [dict(r, **{key: F(float(r[key])) for key in ["y", "x1", "x2", "n", "d", "w"]}) for r in data.to_dict("records")]
one = F(1)


def ratio(rows):
    """Ratio of totals and each row's influence."""
    d_mean = sum(d for _, d in rows) / len(rows)
    r = sum(z for z, _ in rows) / sum(d for _, d in rows)
    return r, [(z - r * d) / d_mean for z, d in rows]


def rows_of(arm, numerator, denominator, weight, clustered):
    own = [u for u in units if u["arm"] == arm]
    made = []
    for u in own:
        w = u["w"] if weight else one
        made.append((u["cluster"], w * u[numerator], w * (u[denominator] if denominator else one)))
    if not clustered:
        return [(z, d) for _, z, d in made]
    names = sorted({c for c, _, _ in made})
    return [(sum(z for c, z, _ in made if c == name), sum(d for c, _, d in made if c == name)) for name in names]


def solve(a, b):
    n = len(b)
    m = [row[:] + [v] for row, v in zip(a, b)]
    for i in range(n):
        p = next(r for r in range(i, n) if m[r][i] != 0)
        m[i], m[p] = m[p], m[i]
        for r in range(n):
            if r != i:
                f = m[r][i] / m[i][i]
                m[r] = [x - f * y for x, y in zip(m[r], m[i])]
    return [m[i][n] / m[i][i] for i in range(n)]


def design(numerator, denominator=None, covariates=(), weight=False, clustered=False):
    found = {}
    for arm in arms:
        y = ratio(rows_of(arm, numerator, denominator, weight, clustered))
        xs = [ratio(rows_of(arm, x, None, weight, clustered)) for x in covariates]
        found[arm] = (y, xs)
    theta = []
    if covariates:
        # The unit covariances of arms, pooled by n - 1: sums of products of influences.
        a = [[sum(u * v for arm in arms for u, v in zip(found[arm][1][i][1], found[arm][1][j][1]))
              for j in range(len(covariates))] for i in range(len(covariates))]
        b = [sum(u * v for arm in arms for u, v in zip(found[arm][1][i][1], found[arm][0][1]))
             for i in range(len(covariates))]
        theta = solve(a, b)
    estimate, variance = {}, {}
    for arm in arms:
        (r, influence), xs = found[arm]
        adjusted = [u - sum(t * x[1][k] for t, x in zip(theta, xs)) for k, u in enumerate(influence)]
        n = len(adjusted)
        estimate[arm] = r - sum(t * x[0] for t, x in zip(theta, xs))
        variance[arm] = sum(u * u for u in adjusted) / (n * (n - 1))
    return {
        "effects": [float(estimate[arm] - estimate["control"]) for arm in arms[1:]],
        "variances": [float(variance[arm] + variance["control"]) for arm in arms[1:]],
        "theta": [float(t) for t in theta],
    }


expected = {
    "mean": design("y"),
    "ratio": design("n", "d"),
    "weighted": design("y", weight=True),
    "clustered": design("y", clustered=True),
    "clustered weighted ratio": design("n", "d", weight=True, clustered=True),
    "cuped": design("y", covariates=["x1"]),
    "cuped two": design("y", covariates=["x1", "x2"]),
    "cuped ratio": design("n", "d", covariates=["x1", "x2"]),
    "cuped clustered weighted": design("y", covariates=["x1"], weight=True, clustered=True),
}

# statsmodels on the same numbers about 1e9, where doubles carry enough digits.
y, x = data.y - 1e9, data[["x1", "x2"]] - [1e9, 0]
dummies = pd.get_dummies(data.arm, dtype=float)[arms]
fit = sm.OLS(y, pd.concat([dummies, x], axis=1)).fit()
assert np.allclose(fit.params[["x1", "x2"]], expected["cuped two"]["theta"], rtol=1e-6)
assert np.allclose(fit.params["a"] - fit.params["control"], expected["cuped two"]["effects"][0], rtol=1e-5)
for name, weights, groups in [
    ("mean", None, None), ("weighted", data.w, None), ("clustered", None, data.cluster),
]:
    model = sm.WLS(y, dummies, weights=np.ones(len(y)) if weights is None else weights)
    if groups is None:
        robust, factor = model.fit(cov_type="HC0").cov_params(), per_arm / (per_arm - 1)
    else:
        codes = pd.factorize(groups)[0]
        robust = model.fit(cov_type="cluster", cov_kwds={"groups": codes, "use_correction": False}).cov_params()
        factor = clusters / (clusters - 1)
    for arm, variance in zip(arms[1:], expected[name]["variances"]):
        other = robust.loc[arm, arm] + robust.loc["control", "control"]
        assert np.isclose(other * factor, variance, rtol=1e-6), (name, other * factor, variance)

# numpy's quantiles are type 7.
quantiles = {
    str(p): float(np.quantile(data.x2, p)) for p in [0, 0.004, 0.05, 0.25, 0.5, 0.731, 0.95, 0.996, 1]
}
json.dump({"designs": expected, "quantiles": quantiles}, open("unit-designs.json", "w"), indent=1)
