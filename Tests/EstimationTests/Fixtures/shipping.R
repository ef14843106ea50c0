# Makes shipping.json with mvtnorm's pmvnorm (TVPACK: exact for up to three dimensions): Rscript shipping.R (in this
# folder). The posterior of tau by 64 Gauss-Legendre nodes, dense algebra given tau; prior mu ~ Normal(0.1, 1),
# tau ~ half-Normal(0.6).
suppressMessages(library(mvtnorm))
experiment <- c(1, 1, 1, 2, 2, 3, 4, 4, 4, 5, 5)
effect <- c(0.9, 0.4, 1.2, -0.3, 0.5, 1.6, -0.8, -0.2, 0.1, 0.35, 0.3)
own <- c(0.20, 0.05, 0.60, 0.10, 0.40, 0.30, 0.02, 0.90, 0.15, 0.01, 0.02)
control <- c(0.30, 0.25, 0.20, 0.50, 0.02)
ratio <- c(1.1, 0.9, 1.4, 0.8, 1.2, 1.3, 0.7, 1, 1.15, 1.02, 0.95)
legendre <- function(n) {
  k <- seq_len(n - 1); b <- k / sqrt(4 * k^2 - 1); m <- matrix(0, n, n)
  m[cbind(k, k + 1)] <- b; m[cbind(k + 1, k)] <- b
  e <- eigen(m, symmetric = TRUE); list(x = e$values, w = 2 * e$vectors[1, ]^2)
}
g <- legendre(32)
taus <- c(0.5 + 0.5 * g$x, 2.5 + 1.5 * g$x); widths <- c(0.5 * g$w, 1.5 * g$w)
n <- length(effect); mean0 <- 0.1
below <- function(mean, cov, upper) {
  d <- length(mean)
  if (d == 1) return(pnorm(upper, mean, sqrt(cov[1, 1])))
  as.numeric(pmvnorm(upper = upper, mean = mean, sigma = cov, algorithm = if (d == 2) TVPACK(1e-13) else TVPACK(1e-12)))
}
outcome <- function(mean, cov) {
  d <- length(mean); best <- numeric(d); all <- numeric(d)
  for (i in seq_len(d)) {
    a <- diag(d)[-i, , drop = FALSE]; if (d > 1) a[, i] <- a[, i] - 1
    best[i] <- if (d == 1) 1 else below(as.vector(a %*% mean), a %*% cov %*% t(a), rep(0, d - 1))
    a <- rbind(a, -diag(d)[i, ])
    all[i] <- below(as.vector(a %*% mean), a %*% cov %*% t(a), rep(0, d))
  }
  top <- max(mean + 9 * sqrt(diag(cov)), 0)
  x <- c(top / 4 * (1 + g$x), top / 2 + top / 4 * (1 + g$x)); w <- c(g$w, g$w) * top / 4
  greatest <- sum(w * sapply(x, function(u) 1 - below(mean, cov, rep(u, d))))
  c(best, all, mean, greatest)
}
cases <- function(shared, u) {
  S <- diag(own) + outer(experiment, experiment, "==") * outer(u, u) * outer(control[experiment], control[experiment], function(a, b) a)
  if (!shared) S <- diag(diag(S))
  logp <- sapply(taus, function(t) {
    B <- S + t^2 * diag(n) + 1; r <- effect - mean0; L <- chol(B)
    -sum(log(diag(L))) - sum(backsolve(L, r, transpose = TRUE)^2) / 2 - t^2 / (2 * 0.6^2)
  })
  p <- widths * exp(logp - max(logp)); p <- p / sum(p)
  rows <- list()
  for (k in 1:5) {
    j <- which(experiment == k); total <- 0
    for (q in seq_along(taus)) {
      C <- taus[q]^2 * diag(n) + 1
      W <- C %*% solve(C + S)
      m <- mean0 + W %*% (effect - mean0); V <- C - W %*% C
      if (p[q] > 1e-13) total <- total + p[q] * outcome(m[j], ((V + t(V)) / 2)[j, j, drop = FALSE])
    }
    d <- length(j)
    rows[[k]] <- sprintf('    {"best": [%s], "bestAmongAll": [%s], "means": [%s], "greatest": %.12g}',
      paste(sprintf("%.12g", total[1:d]), collapse = ", "), paste(sprintf("%.12g", total[d + 1:d]), collapse = ", "),
      paste(sprintf("%.12g", total[2 * d + 1:d]), collapse = ", "), total[3 * d + 1])
  }
  paste0("[\n", paste(rows, collapse = ",\n"), "\n  ]")
}
number <- function(x) paste0("[", paste(x, collapse = ", "), "]")
cat(sprintf('{\n  "source": "shipping.R, mvtnorm %s, %s",\n', packageVersion("mvtnorm"), R.version.string),
  sprintf('  "experiment": %s, "effect": %s,\n  "own": %s, "control": %s,\n  "ratio": %s,\n', number(experiment), number(effect), number(own), number(control), number(ratio)),
  sprintf('  "sharedControl": %s,\n  "ignore": %s,\n  "relative": %s\n}\n', cases(TRUE, rep(1, n)), cases(FALSE, rep(1, n)), cases(TRUE, ratio)),
  sep = "", file = "shipping.json")
