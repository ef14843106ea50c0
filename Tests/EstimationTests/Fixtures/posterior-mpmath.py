# Makes posterior-mpmath.json: python3 posterior-mpmath.py > posterior-mpmath.json (in this folder; mpmath, numpy, scipy).
#
# Posteriors of the hierarchical normal-normal model with 40 digits. Nothing is shared with the package: covariances are
# dense matrices, μ is integrated out by adding its prior's variance to them, τ = s t/(1 − t) is integrated by
# Gauss–Legendre panels in t, and quantiles and shortest intervals are polished by Newton's method on sums over its nodes.
import json, sys
import mpmath as mp
import numpy as np
from scipy import special, optimize

mp.mp.dps = 40
LEVEL = mp.mpf(95) / 100

SCHOOLS = dict(  # Rubin 1981 as Röver 2020 prints it, unrounded
    effects=["28.39", "7.94", "-2.75", "6.82", "-0.64", "0.63", "18.01", "12.16"],
    own=[e * e for e in map(mp.mpf, ["14.9", "10.2", "16.3", "11.0", "9.4", "11.4", "10.4", "17.6"])],
    experiments=list(range(8)), control=[0] * 8, scale=10, mean=("0", "50"), tau="25", threshold="5")
SHARED = dict(  # three experiments with a shared control each
    effects=["0.9", "0.4", "1.7", "-0.2", "0.1", "0.8", "1.1"], own=list(map(mp.mpf, ["0.16", "0.09", "0.25", "0.04", "0.12", "0.3", "0.2"])),
    experiments=[0, 0, 0, 1, 1, 2, 2], control=list(map(mp.mpf, ["0.2", "0.05", "0.4"])), scale=mp.mpf("0.5"),
    mean=("0.25", "1.5"), tau="0.75", threshold="0.5")


def many(tau):
    """150 effects in 50 experiments of 2, 3 and 4 arms, on a lattice: no random numbers, six decimals"""
    experiments, effects, own, control = [], [], [], []
    for k in range(50):
        control.append(mp.mpf(5 + k * 7 % 11) / 40)
        for _ in range(2 + k % 3 if k < 48 else 3):
            i = len(effects)
            own.append(mp.mpf(4 + i * 5 % 13) / 20)
            u, v, w = [mp.mpf(i * a % 149 + 1) / 150 for a in (37, 58, 83)]
            normal = lambda x: mp.sqrt(2) * mp.erfinv(2 * x - 1)
            shared = normal(mp.mpf(k * 17 % 47 + 1) / 48)
            value = mp.mpf("0.2") + mp.mpf(tau) * normal(u) + mp.sqrt(own[-1]) * normal(v) + mp.sqrt(control[-1]) * shared
            effects.append(mp.nstr(mp.nint(value * 10 ** 6) / 10 ** 6, 12))
            experiments.append(k)
    return dict(effects=effects, own=own, experiments=experiments, control=control, scale=mp.mpf("0.5"), mean=("0.1", "2"), tau="1", threshold="0.5")


def priors(s):
    s = mp.mpf(s)
    def half_t(nu):
        c = 2 * mp.gamma((nu + 1) / mp.mpf(2)) / (mp.gamma(nu / mp.mpf(2)) * mp.sqrt(nu * mp.pi) * s)
        return lambda t: c * (1 + (t / s) ** 2 / nu) ** (-(nu + 1) / mp.mpf(2))
    return {
        "half-cauchy": (lambda t: 2 / (mp.pi * s) / (1 + (t / s) ** 2), 2),
        "half-normal": (lambda t: mp.sqrt(2 / mp.pi) / s * mp.exp(-((t / s) ** 2) / 2), mp.inf),
        "half-t": (half_t(4), 5),
        "uniform": (lambda t: 1 / s, mp.inf),
        "exponential": (lambda t: mp.exp(-t / s) / s, mp.inf),
        "flat": (lambda t: mp.mpf(1), 0),
    }


class Model:
    def __init__(self, data):
        self.delta = list(map(mp.mpf, data["effects"]))
        self.n = len(self.delta)
        self.blocks = []
        for k in sorted(set(data["experiments"])):
            members = [i for i in range(self.n) if data["experiments"][i] == k]
            sigma = mp.matrix(len(members), len(members))
            for a, i in enumerate(members):
                for b in range(len(members)): sigma[a, b] = mp.mpf(data["control"][k])
                sigma[a, a] += mp.mpf(data["own"][i])
            self.blocks.append((members, sigma))
        self.cache = {}

    def solved(self, tau):
        """B⁻¹1, B⁻¹δ, diag B⁻¹, log |B|"""
        if tau not in self.cache:
            ones, solved, diagonal = [[None] * self.n for _ in range(3)]
            logdet = mp.mpf(0)
            for members, sigma in self.blocks:
                size = len(members)
                b = sigma + tau * tau * mp.eye(size)
                w = b ** -1
                logdet += mp.log(mp.det(b))
                for a, i in enumerate(members):
                    ones[i] = sum(w[a, c] for c in range(size))
                    solved[i] = sum(w[a, c] * self.delta[members[c]] for c in range(size))
                    diagonal[i] = w[a, a]
            self.cache[tau] = (ones, solved, diagonal, logdet)
        return self.cache[tau]

    def at(self, tau, mean):
        """likelihood, μ's mean and variance, θ's means and variances; mean: None for flat, or (m, s)"""
        ones, solved, diagonal, logdet = self.solved(tau)
        p, b = sum(ones), sum(solved)
        c = sum(x * y for x, y in zip(solved, self.delta))
        if mean is None:
            like = mp.exp(-(logdet + mp.log(p) + c - b * b / p) / 2)
            m, v = b / p, 1 / p
        else:
            # δ − m1 under B + s²11ᵀ, by the matrix determinant lemma
            s2 = mean[1] ** 2
            q = c - 2 * mean[0] * b + mean[0] ** 2 * p - s2 * (b - mean[0] * p) ** 2 / (1 + s2 * p)
            like = mp.exp(-(logdet + mp.log(1 + s2 * p) + q) / 2)
            m, v = (mean[0] + s2 * b) / (1 + s2 * p), s2 / (1 + s2 * p)
        thetas = [(m + tau ** 2 * (solved[i] - m * ones[i]), tau ** 2 - tau ** 4 * diagonal[i] + (1 - tau ** 2 * ones[i]) ** 2 * v)
                  for i in range(self.n)]
        return like, m, v, thetas


EDGES = ["0", "0.02", "0.05", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.95", "0.975", "0.99", "0.995", "0.999", "0.9999", "0.999999", "1"]


def rule(count):
    x, w = special.roots_legendre(count)
    out = []
    for z in x:
        z = mp.mpf(z)
        for _ in range(4):
            p, q = mp.legendre(count, z), mp.legendre(count - 1, z)
            d = count * (z * p - q) / (z * z - 1)
            z -= p / d
        q = mp.legendre(count - 1, z)
        d = count * (-q) / (z * z - 1)
        out.append((z, 2 / ((1 - z * z) * d * d)))
    return out


RULE = rule(int(sys.argv[1]) if len(sys.argv) > 1 else 24)


class Posterior:
    def __init__(self, model, scale, prior, mean, upper):
        self.model, self.scale, self.prior, self.mean = model, mp.mpf(scale), prior, mean
        end = mp.mpf(1) if upper is None else upper / (upper + self.scale)
        self.edges = [mp.mpf(e) * end for e in EDGES]
        self.nodes = []
        self.below = [mp.mpf(0)]
        for a, b in zip(self.edges, self.edges[1:]):
            part = self.panel(a, b)
            self.nodes += part
            self.below.append(self.below[-1] + sum(x[1] for x in part))
        self.total = self.below[-1]
        self.tau = [x[0] for x in self.nodes]
        self.weight = [x[1] / self.total for x in self.nodes]

    def panel(self, a, b):
        out = []
        for z, w in RULE:
            t = (a + b) / 2 + (b - a) / 2 * z
            tau = self.scale * t / (1 - t)
            like, m, v, thetas = self.model.at(tau, self.mean)
            out.append((tau, (b - a) / 2 * w * self.scale / (1 - t) ** 2 * like * self.prior(tau), m, v, thetas))
        return out

    def density(self, tau):
        return self.model.at(tau, self.mean)[0] * self.prior(tau) / self.total

    def cumulative(self, tau):
        t = tau / (tau + self.scale)
        k = max(i for i in range(len(self.edges) - 1) if self.edges[i] <= t)
        return (self.below[k] + sum(x[1] for x in self.panel(self.edges[k], t))) / self.total


class Mixture:
    def __init__(self, weights, means, variances):
        self.w, self.m, self.d = weights, means, [mp.sqrt(v) for v in variances]
        self.fw, self.fm, self.fd = (np.array(list(map(float, x))) for x in (self.w, self.m, self.d))

    def values(self, x):
        f = g = h = mp.mpf(0)
        for w, m, d in zip(self.w, self.m, self.d):
            z = (x - m) / d
            if w < mp.mpf(10) ** -32:
                continue
            e = w * mp.npdf(z) / d
            f += w * mp.ncdf(z)
            g += e
            h -= e * z / d
        return f, g, h

    def cdf(self, x): return float(np.dot(self.fw, special.ndtr((x - self.fm) / self.fd)))
    def pdf(self, x): return float(np.dot(self.fw, np.exp(-(((x - self.fm) / self.fd) ** 2) / 2) / self.fd)) / np.sqrt(2 * np.pi)

    def spread(self):
        m = np.dot(self.fw, self.fm)
        return m, np.sqrt(np.dot(self.fw, np.minimum(self.fd, 1e6) ** 2 + (self.fm - m) ** 2))

    def quantile(self, p):
        m, s = self.spread()
        r = 10 * s
        while self.cdf(m - r) > p or self.cdf(m + r) < p: r *= 4
        x = mp.mpf(optimize.brentq(lambda x: self.cdf(x) - float(p), m - r, m + r, xtol=1e-14, rtol=1e-14))
        for _ in range(2):
            f, g, _ = self.values(x)
            x -= (f - p) / g
        return x


def shortest(values, a, b):
    """Newton on F(b) − F(a) = level, f(a) = f(b), from doubles"""
    for _ in range(8):
        fa, ga, ha = values(a)
        fb, gb, hb = values(b)
        step = mp.lu_solve(mp.matrix([[-ga, gb], [ha, -hb]]), mp.matrix([LEVEL - (fb - fa), gb - ga]))
        a, b = a + step[0], b + step[1]
        if max(abs(step[0]), abs(step[1])) < mp.mpf(10) ** -22 * (b - a): break
    else: raise SystemExit("no convergence")
    return a, b


def scan(quantile, steps=400):
    level = float(LEVEL)
    ps = [float(p) for p in np.linspace(1e-9, 1 - level - 1e-9, steps)]
    widths = [quantile(p + level) - quantile(p) for p in ps]
    return ps[int(np.argmin(widths))]


def summary(mixture, threshold, moments):
    x = {"median": mixture.quantile(mp.mpf(1) / 2)}
    mean = sum(w * m for w, m in zip(mixture.w, mixture.m))
    if moments[0]: x["mean"] = mean
    if moments[1]: x["sd"] = mp.sqrt(sum(w * (d * d + (m - mean) ** 2) for w, m, d in zip(mixture.w, mixture.m, mixture.d)))
    a, b = mixture.quantile((1 - LEVEL) / 2), mixture.quantile((1 + LEVEL) / 2)
    x["interval"] = [a, b]
    m, s = mixture.spread()
    grid = np.concatenate([m + s * np.linspace(-12, 12, 4000)])
    cs = np.array([mixture.cdf(v) for v in grid])
    p = scan(lambda q: float(np.interp(q, cs, grid)))
    x["shortest"] = list(shortest(mixture.values, mixture.quantile(mp.mpf(p)), mixture.quantile(mp.mpf(p) + LEVEL)))
    x["aboveZero"] = 1 - mixture.values(mp.mpf(0))[0]
    x["above"] = 1 - mixture.values(mp.mpf(threshold))[0]
    x["density"] = mixture.values(mp.mpf(threshold))[1]
    return x


def tau_summary(post, threshold, moments, upper):
    x = {}
    fine = []
    for k in range(len(post.edges) - 1):
        for j in range(40):
            t = post.edges[k] + (post.edges[k + 1] - post.edges[k]) * j / 40
            fine.append(float(post.scale * t / (1 - t)))
    # cumulative in doubles by the panels' own polynomials would share code; use dense trapezia for starts only
    dens = np.array([float(post.density(mp.mpf(v))) for v in fine])
    cs = np.concatenate([[0], np.cumsum((dens[1:] + dens[:-1]) / 2 * np.diff(fine))])
    def start(p): return float(np.interp(p * cs[-1] if upper is not None else p, cs, fine))
    def quantile(p):
        v = mp.mpf(start(float(p)))
        for _ in range(12):
            step = (post.cumulative(v) - p) / post.density(v)
            v -= step
            if abs(step) < mp.mpf(10) ** -20 * v: break
        else: raise SystemExit("no convergence")
        return v
    x["median"] = quantile(mp.mpf(1) / 2)
    mean = sum(w * t for w, t in zip(post.weight, post.tau))
    if moments[0]: x["mean"] = mean
    if moments[1]: x["sd"] = mp.sqrt(sum(w * (t - mean) ** 2 for w, t in zip(post.weight, post.tau)))
    x["interval"] = [quantile((1 - LEVEL) / 2), quantile((1 + LEVEL) / 2)]
    p = scan(start)
    if p < 1e-8 :
        x["shortest"] = [mp.mpf(0), quantile(LEVEL)]
    else:
        h = mp.mpf(10) ** -13
        def values(v): return (post.cumulative(v), post.density(v), (post.density(v * (1 + h)) - post.density(v * (1 - h))) / (2 * h * v))
        x["shortest"] = list(shortest(values, quantile(mp.mpf(p)), quantile(mp.mpf(p) + LEVEL)))
    x["above"] = 1 - post.cumulative(mp.mpf(threshold))
    x["density"] = post.density(mp.mpf(threshold))
    return x


def numbers(x):
    if isinstance(x, dict): return {k: numbers(v) for k, v in x.items()}
    if isinstance(x, list): return [numbers(v) for v in x]
    return float(mp.nstr(x, 20)) if isinstance(x, mp.mpf) else x


def run(name, data, thetas, laws=None, only=False):
    model = Model(data)
    proper = tuple(map(mp.mpf, data["mean"]))
    rows = []
    for law, (density, tail) in priors(data["tau"]).items():
        if laws and law not in laws: continue
        upper = mp.mpf(data["tau"]) if law == "uniform" else None
        for mean in (proper,) if only else (proper, None):
            post = Posterior(model, data["scale"], density, mean, upper)
            decay = model.n - (mean is None) + tail
            exists = (decay > 2, decay > 3)
            row = {"data": name, "tauPrior": law, "meanPrior": "normal" if mean else "flat"}
            ms, vs = [x[2] for x in post.nodes], [x[3] for x in post.nodes]
            row["mu"] = summary(Mixture(post.weight, ms, vs), data["threshold"], exists if mean is None else (True, True))
            if not only: row["tau"] = tau_summary(post, data["threshold"], exists, upper)
            row["new"] = summary(Mixture(post.weight, ms, [v + t * t for v, t in zip(vs, post.tau)]), data["threshold"], exists)
            row["theta"] = []
            for i in thetas:
                row["theta"].append(dict(index=i, **summary(
                    Mixture(post.weight, [x[4][i][0] for x in post.nodes], [x[4][i][1] for x in post.nodes]), data["threshold"], (True, True))))
            if law != "flat": row["logTauZero"] = mp.log(model.at(mp.mpf(0), mean)[0] / post.total)
            if mean is not None:
                null = Posterior(model, data["scale"], density, (mp.mpf(0), mp.mpf(0)), upper)
                row["logMeanZero"] = mp.log(null.total / post.total)
            rows.append(numbers(row))
            print(name, law, mean is None, file=sys.stderr)
    return rows


if __name__ == "__main__":
    sets = {"many": many("0.7"), "many-near-zero": many("0.02")}
    rows = run("schools", SCHOOLS, [0, 2]) + run("shared", SHARED, [2, 3])
    source = f"posterior-mpmath.py, mpmath {mp.__version__}, 40 digits"
    for name, data in sets.items():
        data["outlier"] = max(range(len(data["effects"])), key=lambda i: abs(mp.mpf(data["effects"][i])))
        rows += run(name, data, [0, 7, 60, 149, data["outlier"]], laws=["half-cauchy"], only=True)
    lists = {n: {k: numbers([mp.mpf(x) for x in d[k]]) if k != "experiments" else d[k] for k in ("effects", "own", "control", "experiments")} for n, d in sets.items()}
    print(json.dumps({"source": source, "rows": rows, "data": lists}))
