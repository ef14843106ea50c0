"""Makes shipping-many.json: the 26 variants of many-variants.csv's first experiment, by brute force given tau.

python3 shipping_many.py (in this folder), numpy and scipy. Prior mu ~ Normal(0, 1), tau ~ half-Normal(1). Given tau, mu and
the control's error the variants are independent; both are integrated on a grid (trapezoid), the best one's value too.
The treatments' variances are multiplied by 0.2 + 0.15 (variant - 1) so that they differ.
"""
import json, sys
import numpy as np, scipy
from scipy.special import ndtr

rows = [line.split(",") for line in open("many-variants.csv").read().split("\n")[1:] if line]
experiment = np.array([int(r[0]) for r in rows])
variant = np.array([int(r[1]) for r in rows])
effect = np.array([float(r[2]) for r in rows])
own = np.array([float(r[4]) for r in rows]) * np.where(experiment == 1, 0.2 + 0.15 * (variant - 1), 1)
control = np.array([float(r[5]) for r in rows])
n = len(effect)
S = np.diag(own) + (experiment[:, None] == experiment[None, :]) * control[:, None]
x, w = np.polynomial.legendre.leggauss(24)
taus, widths = np.concatenate([0.5 + 0.5 * x, 2.5 + 1.5 * x]), np.concatenate([0.5 * w, 1.5 * w])

def gauss(x, m, v):
    return np.exp(-((x - m) ** 2) / (2 * v)) / np.sqrt(2 * np.pi * v)

logs = []
for t in taus:
    B = S + t * t * np.eye(n) + 1
    logs.append(-np.linalg.slogdet(B)[1] / 2 - effect @ np.linalg.solve(B, effect) / 2 - t * t / 2)
p = widths * np.exp(np.array(logs) - max(logs))
p /= p.sum()
first = np.where(experiment == 1)[0]
rest = np.where(experiment != 1)[0]
d, s, c = effect[first], own[first], control[first][0]
total = np.zeros(2 * len(first) + 1)
for t, share in zip(taus, p):
    if share < 1e-12:
        continue
    # mu and the control's error e, given tau and every effect: jointly normal, through 1's noise given both.
    A = np.array([[1 + 0.0, 0], [0, 1 / c]])
    b = np.zeros(2)
    v = s + t * t
    A += np.array([[np.sum(1 / v), np.sum(1 / v)], [np.sum(1 / v), np.sum(1 / v)]])
    b += np.array([np.sum(d / v), np.sum(d / v)])
    vr = own[rest] + control[rest] + t * t
    A[0, 0] += np.sum(1 / vr)
    b[0] += np.sum(effect[rest] / vr)
    V = np.linalg.inv(A)
    centre = V @ b
    L = np.linalg.cholesky(V)
    grid = np.linspace(-6.5, 6.5, 40)
    z1, z2 = np.meshgrid(grid, grid, indexing="ij")
    weight = gauss(z1, 0, 1) * gauss(z2, 0, 1) * (grid[1] - grid[0]) ** 2
    mu = centre[0] + L[0, 0] * z1
    e = centre[1] + L[1, 0] * z1 + L[1, 1] * z2
    shrink = t * t / v
    for m_, e_, w_ in zip(mu.ravel(), e.ravel(), weight.ravel()):
        if w_ < 1e-11:
            continue
        mean = m_ + shrink * (d - e_ - m_)
        sd = np.sqrt(shrink * s)
        top, low = np.max(mean + 8 * sd), np.max(mean - 8 * sd)
        # Zero is an end of panels, so that what is cut there stays smooth.
        ends = np.linspace(low, top, 7)
        if low < 0 < top:
            ends = np.sort(np.append(ends, 0))
        for a_, b_ in zip(ends[:-1], ends[1:]):
            y = (a_ + b_) / 2 + (b_ - a_) / 2 * x
            wy = (b_ - a_) / 2 * w
            G = ndtr((y[:, None] - mean) / sd)
            g = gauss(y[:, None], mean, sd**2)
            before = np.cumprod(np.hstack([np.ones((len(y), 1)), G[:, :-1]]), axis=1)
            after = np.cumprod(np.hstack([np.ones((len(y), 1)), G[:, :0:-1]]), axis=1)[:, ::-1]
            h = g * before * after * wy[:, None]
            total[: len(d)] += share * w_ * h.sum(0)
            if b_ > 0:
                total[len(d) : 2 * len(d)] += share * w_ * h.sum(0) * (a_ >= 0)
                total[-1] += share * w_ * np.sum(h.sum(1) * y) * (a_ >= 0)
result = {
    "source": f"shipping_many.py, numpy {np.__version__}, scipy {scipy.__version__}, Python {sys.version.split()[0]}",
    "best": total[: len(d)].tolist(),
    "bestAmongAll": total[len(d) : 2 * len(d)].tolist(),
    "greatest": total[-1],
}
json.dump(result, open("shipping-many.json", "w"), indent=1)
