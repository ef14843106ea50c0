"""Stan's effective draws of τ a second on the shared-control data sets, for the table that `make bench` prints.

Needs PyPI's pystan 3 and arviz: python3 Benchmarks/pystan.py, from the project's root. The model is the non-centred one,
θ = μ + τz, δ ~ Normal(θ, Σ) with Σ's Cholesky factor given; 4 chains of 1,000 draws after 1,000, adapt_delta .99.
The time is that of sampling alone; a run of one chain's warm-up before it compiles and loads what is needed.
"""
import csv
import os
import tempfile
import time

import arviz
import numpy
import stan

MODEL = """
data { int<lower=1> n; vector[n] delta; matrix[n, n] factor; real centre; real<lower=0> spread; }
parameters { real mu; real<lower=0> tau; vector[n] z; }
transformed parameters { vector[n] theta = mu + tau * z; }
model {
  mu ~ normal(centre, spread);
  tau ~ cauchy(0, spread);
  z ~ std_normal();
  delta ~ multi_normal_cholesky(theta, factor);
}
"""


def data(scenario):
    with open(f"Analyses/data/shared-control/{scenario}.csv") as file:
        rows = list(csv.DictReader(file))
    delta = numpy.array([float(row["effect"]) for row in rows])
    experiment = numpy.array([row["experiment"] for row in rows])
    noise = numpy.where(experiment[:, None] == experiment[None, :], [float(row["s2_control"]) for row in rows], 0.0)
    noise += numpy.diag([float(row["s2_treatment"]) for row in rows])
    return {
        "n": len(rows),
        "delta": delta,
        "factor": numpy.linalg.cholesky(noise),
        "centre": delta.mean(),
        "spread": delta.std(ddof=1),
    }


SCENARIOS = {name: data(name) for name in ["baseline", "many-variants", "control-outlier", "high-correlation"]}
# pystan compiles into the working folder.
os.chdir(tempfile.mkdtemp())
print("| data set | time | effective draws of τ (bulk) | a second |")
print("| --- | --- | --- | --- |")
for scenario, values in SCENARIOS.items():
    posterior = stan.build(MODEL, data=values, random_seed=1)
    posterior.sample(num_chains=1, num_warmup=10, num_samples=10)
    start = time.monotonic()
    fit = posterior.sample(num_chains=4, num_warmup=1000, num_samples=1000, delta=0.99)
    seconds = time.monotonic() - start
    # pystan lays draws out by draw, then chain.
    tau = fit["tau"].reshape(1000, 4).T
    size = float(arviz.ess(tau, method="bulk"))
    print(f"| {scenario} | {seconds:.2f} s | {size:.0f} | {size / seconds:.0f} |", flush=True)
