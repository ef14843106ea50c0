"""Dense numbers for SharedControlDiagnosticsTests: python3 shared-control-diagnostics.py > shared-control-diagnostics.json

Everything with whole covariance matrices and scipy's scalar optimiser; no formula for blocks is used.
"""
import csv
import json
import os

import numpy as np
from scipy.optimize import minimize_scalar

FOLDER = os.path.dirname(os.path.abspath(__file__))


def read(name):
    with open(os.path.join(FOLDER, name + ".csv")) as file:
        rows = list(csv.DictReader(file))
    experiments = [row["experiment"] for row in rows]
    numbers = [np.array([float(row[key]) for row in rows]) for key in ("effect", "s2_treatment", "s2_control")]
    return experiments, *numbers


def drawn():
    """Twelve experiments of 1 to 5 arms; the control of experiment 4 is 6 standard errors low."""
    generator = np.random.default_rng(20261128)
    experiments, effects, own, control = [], [], [], []
    for k in range(12):
        arms = [3, 1, 5, 4, 2, 1, 2, 3, 5, 1, 4, 2][k]
        s2_control = round(generator.uniform(0.2, 2), 3)
        noise = -6 * s2_control**0.5 if k == 3 else generator.normal() * s2_control**0.5
        for _ in range(arms):
            s2 = round(generator.uniform(0.1, 1.5), 3)
            experiments.append(str(k + 1))
            own.append(s2)
            control.append(s2_control)
            effects.append(round(0.5 + 0.7 * generator.normal() + s2**0.5 * generator.normal() - noise, 4))
    return experiments, np.array(effects), np.array(own), np.array(control)


def noise(experiments, own, control):
    same = np.equal.outer(np.array(experiments), np.array(experiments))
    return np.where(same, np.minimum.outer(control, control), 0) + np.diag(own)


def reml(effects, sigma):
    ones = np.ones(len(effects))

    def deviance(tau2):
        b = sigma + tau2 * np.eye(len(effects))
        inverse = np.linalg.inv(b)
        precision = ones @ inverse @ ones
        mean = ones @ inverse @ effects / precision
        residual = effects - mean
        return np.linalg.slogdet(b)[1] + np.log(precision) + residual @ inverse @ residual

    grid = np.concatenate([[0], np.geomspace(1e-6, 1e3, 400)])
    best = int(np.argmin([deviance(t) for t in grid]))
    if best == 0:
        return 0.0
    found = minimize_scalar(
        lambda t: deviance(t), bounds=(grid[best - 1], grid[min(best + 1, 400)]), method="bounded",
        options={"xatol": 1e-13})
    return float(found.x) if found.fun < deviance(0) else 0.0


def diagnostics(experiments, effects, own, control):
    experiments = np.array(experiments)
    sigma = noise(experiments, own, control)
    diagonal = np.diag(np.diag(sigma))
    count, ones = len(effects), np.ones(len(effects))
    tau2 = reml(effects, sigma)
    marginal = sigma + tau2 * np.eye(count)
    result = {"tauSquared": tau2, "experiments": []}
    for k in dict.fromkeys(experiments):
        members = experiments == k
        block = marginal[np.ix_(members, members)]
        entry = {
            "experiment": str(k), "arms": int(members.sum()), "correlated": float(np.linalg.inv(block).sum()),
            "independent": float((1 / np.diag(block)).sum()), "bound": float(1 / control[members][0]),
        }
        if members.sum() > 1:
            small = sigma[np.ix_(members, members)]
            rho = small / np.sqrt(np.outer(np.diag(small), np.diag(small)))
            pairs = rho[~np.eye(len(rho), dtype=bool)]
            entry["least"], entry["greatest"] = float(pairs.min()), float(pairs.max())
            rest = ~members
            left = reml(effects[rest], sigma[np.ix_(rest, rest)])
            others = np.linalg.inv(sigma[np.ix_(rest, rest)] + left * np.eye(rest.sum()))
            mean = others.sum(axis=0) @ effects[rest] / others.sum()
            inverse = np.linalg.inv(small + left * np.eye(members.sum()))
            information = inverse.sum()
            entry["z"] = float(
                inverse.sum(axis=0) @ (effects[members] - mean)
                / np.sqrt(information + information**2 / others.sum()))
        result["experiments"].append(entry)
    ignoring = reml(effects, diagonal)
    weights = 1 / (np.diag(diagonal) + ignoring)
    shares = weights / weights.sum()
    result["verdict"] = {
        "estimate": float(shares @ effects), "stated": float(weights.sum() ** -0.5),
        "actual": float(np.sqrt(shares @ marginal @ shares)),
    }
    return result


def main():
    experiments, effects, own, control = drawn()
    result = {
        "drawn": {
            "data": [list(row) for row in zip(experiments, effects.tolist(), own.tolist(), control.tolist())],
            "diagnostics": diagnostics(experiments, effects, own, control),
        }
    }
    for name in ("baseline", "many-variants", "control-outlier", "high-correlation"):
        found = diagnostics(*read(name))
        found["experiments"] = found["experiments"][:1]
        result[name] = {"diagnostics": found}
    print(json.dumps(result, indent=1))


main()
