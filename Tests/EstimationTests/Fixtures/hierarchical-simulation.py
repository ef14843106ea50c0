"""Spread and coverage for HierarchicalSimulationTests: python3 hierarchical-simulation.py > hierarchical-simulation.json

Dense matrices, maxima and posteriors on a grid of tau; numpy's random numbers. Each number comes with its Monte Carlo
standard error.
"""
import json

import numpy as np
from scipy.special import ndtr
from scipy.stats import chi2

DRAWS = 6000
TAUS = np.concatenate([[0], np.geomspace(1e-3, 60, 500)])
MU, TAU = 1.0, 1.0
ARMS = [6] + [1] * 7


def covariance(shared):
    labels = np.repeat(np.arange(len(ARMS)), ARMS)
    return np.eye(len(labels)) + (np.equal.outer(labels, labels) if shared else np.eye(len(labels)))


def summary(errors):
    errors = np.asarray(errors)
    count = len(errors)
    sd, bias = errors.std(ddof=1), errors.mean()
    second = ((errors - bias) ** 2).mean()
    fourth = ((errors - bias) ** 4).mean()
    square = (errors**2).mean()
    return {
        "bias": [bias, sd / count**0.5], "sd": [sd, ((fourth - second**2) / (4 * second * count)) ** 0.5],
        "rmse": [square**0.5, (errors**2).std() / count**0.5 / (2 * square**0.5)],
    }


def rate(hits):
    hits = np.asarray(hits, dtype=float)
    by_set = hits if hits.ndim == 1 else hits.mean(axis=1)
    return [by_set.mean(), max(by_set.std() / len(by_set) ** 0.5, 1e-4)]


def study(generator, outlier):
    count = sum(ARMS)
    labels = np.repeat(np.arange(len(ARMS)), ARMS)
    theta = MU + TAU * generator.normal(size=(DRAWS, count))
    control = generator.normal(size=(DRAWS, len(ARMS)))
    if outlier:
        control[:, 0] = -outlier
    effects = theta + generator.normal(size=(DRAWS, count)) - control[:, labels]
    result = {}
    for name, shared in (("shared", True), ("ignore", False)):
        sigma = covariance(shared)
        inverses = np.array([np.linalg.inv(sigma + t * t * np.eye(count)) for t in TAUS])
        logs = np.array([np.linalg.slogdet(sigma + t * t * np.eye(count))[1] for t in TAUS])
        ones = inverses.sum(axis=2)
        precision = ones.sum(axis=1)
        means = effects @ ones.T / precision
        squares = np.einsum("di,tij,dj->dt", effects, inverses, effects, optimize=True)
        q = squares - means**2 * precision
        # Restricted maximum likelihood on the grid.
        best = np.argmin(logs + np.log(precision) + q, axis=1)
        rows = np.arange(DRAWS)
        mean, error = means[rows, best], precision[best] ** -0.5
        shrunken, spread = [], []
        for d in range(DRAWS):
            t2 = TAUS[best[d]] ** 2
            b = inverses[best[d]]
            line = 1 - t2 * b.sum(axis=1)
            shrunken.append(mean[d] + t2 * b @ (effects[d] - mean[d]))
            variance = t2 - t2 * t2 * np.diag(b) + line**2 * error[d] ** 2
            spread.append(np.sqrt(np.maximum(variance, 0)))
        shrunken, spread = np.array(shrunken), np.array(spread)
        z = 1.959963984540054
        at_truth = np.linalg.inv(sigma + TAU**2 * np.eye(count))
        weights = at_truth.sum(axis=1)
        q_truth = np.einsum("di,ij,dj->d", effects, at_truth, effects) - (effects @ weights) ** 2 / weights.sum()
        low, high = chi2.ppf([0.025, 0.975], count - 1)
        miss = shrunken - theta
        result["reml-" + name] = {
            "mu": {**summary(mean - MU), "coverage": rate(np.abs(mean - MU) <= z * error)},
            "tau": {**summary(TAUS[best] - TAU), "coverage": rate((q_truth >= low) & (q_truth <= high))},
            "theta": {
                "rmse": [(miss**2).mean() ** 0.5,
                         (miss**2).mean(axis=1).std() / DRAWS**0.5 / (2 * (miss**2).mean() ** 0.5)],
                "coverage": rate(np.abs(miss) <= z * spread + 1e-12),
            },
        }
        # The posterior under mu ~ Normal(mean, sd^2), tau ~ half-Cauchy(sd), on the grid with the trapezium rule.
        centre, scale = effects.mean(axis=1), effects.std(axis=1, ddof=1)
        posterior = precision + 1 / scale[:, None] ** 2
        m = (means * precision + (centre / scale**2)[:, None]) / posterior
        gap = (means - centre[:, None]) ** 2 / (1 / precision + scale[:, None] ** 2)
        log = -(logs + np.log(posterior * scale[:, None] ** 2) + q + gap) / 2
        log -= np.log1p((TAUS / scale[:, None]) ** 2)
        density = np.exp(log - log.max(axis=1, keepdims=True))
        step = np.diff(TAUS)
        pieces = (density[:, 1:] + density[:, :-1]) / 2 * step
        cumulative = np.concatenate([np.zeros((DRAWS, 1)), np.cumsum(pieces, axis=1)], axis=1)
        cumulative /= cumulative[:, -1:]
        node = np.zeros_like(density)
        node[:, 1:] += density[:, 1:] * step / 2
        node[:, :-1] += density[:, :-1] * step / 2
        node /= node.sum(axis=1, keepdims=True)
        tau_median = np.array([np.interp(0.5, cumulative[d], TAUS) for d in range(DRAWS)])
        tau_p = np.array([np.interp(TAU, TAUS, cumulative[d]) for d in range(DRAWS)])
        mu_p = (node * ndtr((MU - m) * posterior**0.5)).sum(axis=1)
        mu_median = (node * m).sum(axis=1)
        for _ in range(60):
            z_score = (mu_median[:, None] - m) * posterior**0.5
            slope = (node * posterior**0.5 * np.exp(-(z_score**2) / 2)).sum(axis=1) / (2 * np.pi) ** 0.5
            mu_median -= ((node * ndtr(z_score)).sum(axis=1) - 0.5) / slope
        result["bayes-" + name] = {
            "mu": {**summary(mu_median - MU), "coverage": rate((mu_p >= 0.025) & (mu_p <= 0.975))},
            "tau": {**summary(tau_median - TAU), "coverage": rate((tau_p >= 0.025) & (tau_p <= 0.975))},
        }
    return result


def main():
    generator = np.random.default_rng(20261129)
    result = {"plain": study(generator, None), "outlier": study(generator, 3)}
    print(json.dumps(result, indent=1, default=float))


main()
