# Makes reml-metafor.json and berkey1998.json with metafor's rma.mv: Rscript reml-metafor.R (in this folder).
# Sampling covariances are those of arms that share their experiment's control, as full matrices.
suppressMessages(library(metafor))
source_text <- paste0("reml-metafor.R, metafor ", packageVersion("metafor"), ", ", R.version.string)
options(digits = 17)
number <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")

# Three starts, then a simplex search from the best: likelihoods here are too flat for numerical gradients alone.
fit <- function(y, V, metric, arm, method) {
  d <- data.frame(y = y, metric = factor(metric), arm = factor(arm))
  run <- function(control) suppressWarnings(rma.mv(y, V, mods = ~ metric - 1, random = ~ metric | arm, struct = "UN",
    data = d, method = method, control = control))
  scale <- as.vector(tapply(y, metric, var))
  best <- NULL
  for (start in c(0.3, 1, 3)) {
    made <- try(run(list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-15, maxit = 5000,
      tau2.init = start * scale, rho.init = rep(0.3, choose(length(scale), 2)))), silent = TRUE)
    if (inherits(made, "try-error")) next
    if (is.null(best) || logLik(made) > logLik(best)) best <- made
  }
  for (again in 1:3) {
    made <- try(run(list(optimizer = "optim", optmethod = "Nelder-Mead", reltol = 1e-16, maxit = 20000,
      tau2.init = best$tau2, rho.init = best$rho)), silent = TRUE)
    if (!inherits(made, "try-error") && logLik(made) > logLik(best)) best <- made
  }
  sprintf('{"covariance": %s, "mean": %s, "meanStandardErrors": %s, "logLikelihood": %.17g}',
    number(as.vector(best$G)), number(best$beta), number(best$se), as.numeric(logLik(best)))
}

# --- simulated: three metrics, one to four arms an experiment
simulate <- function(name, seed, lambda, relative, K = 14) {
  set.seed(seed)
  G <- 3
  rows <- list(); y <- c(); metric <- c(); arm <- c(); blocks <- list(); id <- 0
  root <- t(chol(lambda + diag(1e-12, G)))
  for (k in 1:K) {
    n <- 1 + (k %% 4)
    part <- function() { A <- matrix(rnorm(G * G), G); round((A %*% t(A) + diag(G)) / sample(20:60, 1), 5) }
    S <- part()
    control <- t(chol(S)) %*% rnorm(G)
    M <- matrix(0, n * G, n * G)
    R <- list(); own <- list(); effect <- list()
    for (i in 1:n) {
      own[[i]] <- part()
      R[[i]] <- if (relative) round(runif(G, 0.6, 1.5), 4) else rep(1, G)
      effect[[i]] <- round(as.vector(c(0.3, -0.2, 0.1) + root %*% rnorm(G) + t(chol(own[[i]])) %*% rnorm(G)
        - R[[i]] * control), 5)
    }
    for (i in 1:n) for (j in 1:n) {
      block <- diag(R[[i]]) %*% S %*% diag(R[[j]])
      if (i == j) block <- block + own[[i]]
      M[(i - 1) * G + 1:G, (j - 1) * G + 1:G] <- block
    }
    blocks[[k]] <- (M + t(M)) / 2
    for (i in 1:n) {
      id <- id + 1
      y <- c(y, effect[[i]]); metric <- c(metric, 1:G); arm <- c(arm, rep(id, G))
      rows[[id]] <- sprintf('{"experiment": "e%d", "effect": %s, "own": %s, "control": %s, "multiplier": %s}',
        k, number(effect[[i]]), number(as.vector(own[[i]])), number(as.vector(S)), number(R[[i]]))
    }
  }
  V <- as.matrix(do.call(bldiag, blocks))
  sprintf('"%s": {\n"effects": [\n%s\n],\n"reml": %s,\n"ml": %s}', name, paste(rows, collapse = ",\n"),
    fit(y, V, metric, arm, "REML"), fit(y, V, metric, arm, "ML"))
}

strong <- matrix(c(0.5, 0.3, -0.1, 0.3, 0.6, 0.05, -0.1, 0.05, 0.3), 3)
weak <- outer(c(0.3, 0.25, -0.2), c(0.3, 0.25, -0.2))
cat('{"source": "', source_text, '",\n',
  paste(simulate("shared", 11, strong, FALSE), simulate("relative", 12, strong, TRUE),
    simulate("boundary", 13, weak, FALSE), sep = ",\n"), "}\n", sep = "", file = "reml-metafor.json")

# --- Berkey et al. 1998
d <- dat.berkey1998
V <- vcalc(vi = 1, cluster = trial, rvars = c(v1i, v2i), data = d)
y <- d$yi; metric <- ifelse(d$outcome == "PD", 1, 2)
cat('{"source": "', source_text, ', metadat dat.berkey1998",\n"reml": ', fit(y, V, metric, d$trial, "REML"),
  ',\n"ml": ', fit(y, V, metric, d$trial, "ML"), "}\n", sep = "", file = "berkey1998.json")
