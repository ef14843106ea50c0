"""Makes chain-diagnostics.json: chains and what ArviZ says of them. Run with ArviZ 0.23 and NumPy."""
import json
import warnings

warnings.simplefilter("ignore")
import arviz as az
import numpy as np

rng = np.random.default_rng(20260322)


def autoregressive(chains, draws, phi):
    x = np.zeros((chains, draws))
    x[:, 0] = rng.normal(size=chains)
    for t in range(1, draws):
        x[:, t] = phi * x[:, t - 1] + np.sqrt(1 - phi * phi) * rng.normal(size=chains)
    return x


offset = autoregressive(4, 120, 0.3)
offset[2] += 0.8
spread = autoregressive(4, 120, 0.3)
spread[1] *= 3
cases = {
    "independent": rng.normal(size=(4, 150)),
    "sticky": autoregressive(4, 200, 0.9),
    "antithetic": autoregressive(4, 100, -0.6),
    "offset": offset,
    "spread": spread,
    "ties": rng.integers(0, 6, size=(4, 80)).astype(float),
    "odd": autoregressive(3, 101, 0.5),
    "short": rng.normal(size=(2, 5)),
    "heavy": rng.standard_cauchy(size=(4, 100)),
    "far": 1e6 + autoregressive(4, 60, 0.7),
}
quantiles = [0.05, 0.5, 0.9]
rows = []
for name, values in cases.items():
    values = np.round(values, 5)
    rows.append(
        {
            "name": name,
            "chains": values.tolist(),
            "rHat": float(az.rhat(values, method="rank")),
            "essBulk": float(az.ess(values, method="bulk")),
            "essTail": float(az.ess(values, method="tail")),
            "mcseMean": float(az.mcse(values, method="mean")),
            "mcseQuantiles": [float(az.mcse(values, method="quantile", prob=p)) for p in quantiles],
            "energyFractions": az.bfmi(values).tolist(),
        }
    )
print(json.dumps({"arviz": az.__version__, "quantiles": quantiles, "cases": rows}, separators=(",", ":")))
