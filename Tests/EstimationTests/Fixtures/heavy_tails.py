"""Makes heavy-tails.json: Student-t and spike-and-normals laws of true effects by dense quadrature and general optimisers.

python3 heavy_tails.py (in this folder), numpy and scipy. Twelve experiments of one to three arms that share a control, one
arm a true outlier. Given the control's error e the arms are independent: e on a fine grid (trapezoid); Student-t convolved
with normal noise by a fine grid over theta; spike-and-normals in closed form. Evaluated at fixed laws, and maximised.
"""
import json, sys
import numpy as np, scipy
from scipy import optimize, stats

sizes = [1, 2, 3, 1, 2, 2, 3, 1, 1, 2, 1, 3]
effect = [0.31, -0.12, 0.22, 0.05, 0.4, 0.18, 0.6, 0.02, -0.25, 0.11, 5.2, 0.09, 0.35, -0.4, 0.15, -0.05, 0.21, 0.55, 0.12, -0.3, 0.08, 0.27]
experiment = np.repeat(np.arange(12), sizes)
n = len(effect)
assert n == len(experiment)
own = np.array([0.04 + 0.01 * (j % 5) + 0.05 * (j % 3) for j in range(n)])
control = np.array([0.03 + 0.02 * (k % 4) for k in range(12)])
effect = np.array(effect)

def normal(x, v):
    return np.exp(-x * x / (2 * v)) / np.sqrt(2 * np.pi * v)

def student_arm(x, v, mu, sigma, nu):
    """f(x) and the first two moments' integrands of theta, theta ~ mu + sigma t_nu, x = theta + Normal(0, v)."""
    theta, w = GRID
    f = stats.t.pdf((theta - mu) / sigma, nu) / sigma * w
    k = normal(x[:, None] - theta[None, :], v)
    return k @ f, k @ (f * theta), k @ (f * theta**2), k @ (f * (theta > 0))

def spike_arm(x, v, weights, sds):
    s2 = np.array(sds) ** 2
    c = np.array(weights)[None, :] * normal(x[:, None], v + s2[None, :])
    m = x[:, None] * (s2 / (v + s2))[None, :]
    t = (s2 * v / (v + s2))[None, :]
    up = np.where(s2[None, :] > 0, stats.norm.cdf(m / np.sqrt(np.where(t > 0, t, 1))), 0)
    return c.sum(1), (c * m).sum(1), (c * (m * m + t)).sum(1), (c * up).sum(1)

def theta_grid():
    x, w = np.polynomial.legendre.leggauss(40)
    ends = np.linspace(-12, 14, 131)
    h = (ends[1] - ends[0]) / 2
    c = (ends[1:] + ends[:-1]) / 2
    return (c[:, None] + h * x[None, :]).ravel(), np.tile(h * w, len(c))

GRID = theta_grid()

def blocks(arm, effect=effect):
    total, mean, sd, up = 0.0, np.zeros(n), np.zeros(n), np.zeros(n)
    for k in range(12):
        j = np.where(experiment == k)[0]
        c = control[k]
        if len(j) == 1:
            e, we = np.array([0.0]), np.array([1.0])
            noise = [own[j[0]] + c]
        else:
            e = np.linspace(-10, 10, 321) * np.sqrt(c)
            we = normal(e, c) * (e[1] - e[0])
            noise = own[j]
        parts = [arm(effect[i] - e, v) for i, v in zip(j, noise)]
        product = we * np.prod([p[0] for p in parts], axis=0)
        like = product.sum()
        total += np.log(like)
        for i, p in zip(j, parts):
            mean[i] = np.sum(product * p[1] / p[0]) / like
            sd[i] = np.sqrt(np.sum(product * p[2] / p[0]) / like - mean[i] ** 2)
            up[i] = np.sum(product * p[3] / p[0]) / like
    return total, mean, sd, up

def report(r):
    return {"logLikelihood": r[0], "means": r[1].tolist(), "deviations": r[2].tolist(), "above": r[3].tolist()}

def student(p):
    return lambda x, v: student_arm(x, v, p[0], np.exp(p[1]), 1 / p[2])

def search(effect):
    def f(p):
        return -blocks(student(p), effect)[0]
    bounds = [(-1, 1), (-6, 2), (0.05, 1)]
    best = optimize.minimize(f, [0.1, np.log(0.2), 0.6], method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-15, "gtol": 1e-7})
    best = optimize.minimize(f, best.x, method="Nelder-Mead", bounds=bounds, options={"xatol": 1e-7, "fatol": 1e-12})
    p = best.x
    return {"location": p[0], "scale": float(np.exp(p[1])), "degreesOfFreedom": 1 / p[2], **report(blocks(student(p), effect))}

# Student's quantiles, whose degrees of freedom lie inside the bounds.
spread = np.round(0.2 + 0.6 * stats.t.ppf(((np.arange(n) * 7) % n + 0.5) / n, 2.5), 4)
fixed = (0.15, np.log(0.25), 1 / 3.0)
out = {"source": f"heavy_tails.py, numpy {np.__version__}, scipy {scipy.__version__}, Python {sys.version.split()[0]}",
    "experiment": experiment.tolist(), "effect": effect.tolist(), "own": own.tolist(), "control": control.tolist()}
out["student"] = search(effect)
out["spread"] = spread.tolist()
out["studentInside"] = search(spread)
out["studentFixed"] = {"location": fixed[0], "scale": 0.25, "degreesOfFreedom": 3.0, **report(blocks(student(fixed)))}
weights, sds = [0.5, 0.3, 0.15, 0.05], [0, 0.1, 0.4, 3.0]
out["spikeFixed"] = {"weights": weights, "sds": sds, **report(blocks(lambda x, v: spike_arm(x, v, weights, sds)))}

def shipping(k, weights, sds):
    """Which arm of experiment k is best under the spike law: e by the trapezoid, the best one's value by Gauss-Legendre."""
    from itertools import combinations
    s2, w = np.array(sds[1:]) ** 2, np.array(weights[1:])
    j = np.where(experiment == k)[0]
    m = len(j)
    best, among, greatest, total = np.zeros(m), np.zeros(m), 0.0, 0.0
    x, wx = np.polynomial.legendre.leggauss(30)
    ends = np.concatenate([np.linspace(-3, 0, 40), np.linspace(0, 8, 80)[1:]])
    y = ((ends[1:] + ends[:-1])[:, None] / 2 + (ends[1:] - ends[:-1])[:, None] / 2 * x).ravel()
    wy = ((ends[1:] - ends[:-1])[:, None] / 2 * wx).ravel()
    for e in np.linspace(-9, 9, 181) * np.sqrt(control[k]):
        weight = normal(e, control[k])
        G, g, a = [], [], []
        for i in j:
            r = effect[i] - e
            p = np.concatenate([[weights[0] * normal(r, own[i])], w * normal(r, own[i] + s2)])
            weight *= p.sum()
            p = p / p.sum()
            mean, sd = r * s2 / (own[i] + s2), np.sqrt(own[i] * s2 / (own[i] + s2))
            z = (y[:, None] - mean) / sd
            G.append(stats.norm.cdf(z) @ p[1:] + p[0] * (y >= 0))
            g.append((stats.norm.pdf(z) / sd) @ p[1:])
            a.append((p[0], stats.norm.cdf(-mean / sd) @ p[1:]))
        total += weight
        for i in range(m):
            h = g[i] * np.prod([G[l] for l in range(m) if l != i], axis=0) * wy
            best[i] += weight * h.sum()
            among[i] += weight * h[y > 0].sum()
            greatest += weight * (h * y)[y > 0].sum()
            for size in range(1, m + 1):
                for chosen in combinations(range(m), size):
                    if i in chosen:
                        best[i] += weight / size * np.prod([a[l][0] if l in chosen else a[l][1] for l in range(m)])
    return {"experiment": k, "best": (best / total).tolist(), "bestAmongAll": (among / total).tolist(), "greatest": greatest / total}

out["shipping"] = [shipping(k, weights, sds) for k in (2, 6, 9)]
# ashr's grid, and the weights by EM from equal ones.
errors = np.sqrt(own + control[experiment])
low, high = errors.min() / 10, 2 * np.sqrt((effect**2 - errors**2).max())
count = int(np.ceil(np.log2(high / low) * 2))
grid = np.concatenate([[0], high * 2.0 ** (-np.arange(count, -1, -1) / 2)])
pi = np.full(len(grid), 1 / len(grid))
s2 = grid**2
for step in range(60000):
    gradient = np.zeros(len(grid))
    total = 0.0
    for k in range(12):
        j = np.where(experiment == k)[0]
        c = control[k]
        if len(j) == 1:
            e, we, noise = np.array([0.0]), np.array([1.0]), [own[j[0]] + c]
        else:
            e = np.linspace(-8, 8, 81) * np.sqrt(c)
            we, noise = normal(e, c) * (e[1] - e[0]), own[j]
        dens = [normal((effect[i] - e)[:, None], v + s2[None, :]) for i, v in zip(j, noise)]
        f = [d @ pi for d in dens]
        product = we * np.prod(f, axis=0)
        total += np.log(product.sum())
        for d, g in zip(dens, f):
            gradient += (product / product.sum() / g) @ d
    if gradient.max() - n < 1e-7:
        break
    # Over-relaxed EM, which keeps its fixed points.
    new = pi * (gradient / n) ** 1.8
    pi = new / new.sum()
out["spike"] = {"grid": grid.tolist(), "weights": pi.tolist(), "gap": float(gradient.max() - n), **report(blocks(lambda x, v: spike_arm(x, v, pi, grid)))}
json.dump(out, open("heavy-tails.json", "w"), indent=1)
