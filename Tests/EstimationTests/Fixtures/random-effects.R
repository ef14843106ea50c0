# Makes random-effects.json, bcg.json and konstantopoulos2011.json with metafor and clubSandwich: Rscript random-effects.R (in this folder).
suppressMessages({library(metafor); library(clubSandwich); library(jsonlite)})
tight <- list(threshold = 1e-14, maxiter = 100000, tol = 1e-14)

# --- dat.bcg: every method, with and without ablat, z and knha
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
methods <- c(reml = "REML", ml = "ML", fixed = "EE", dl = "DL", pm = "PM", eb = "EB", he = "HE", sj = "SJ", hs = "HS")
bcg_fit <- function(name, moderated, test) {
  arguments <- list(bcg$yi, bcg$vi, method = methods[[name]], test = test, control = tight)
  if (moderated) arguments$mods <- ~ ablat
  if (moderated) arguments$data <- bcg
  fit <- suppressWarnings(do.call(rma, arguments))
  out <- list(method = name, moderated = moderated, knappHartung = test == "knha", estimate = as.vector(fit$beta),
    se = fit$se, statistic = fit$zval, p = fit$pval, lower = fit$ci.lb, upper = fit$ci.ub, tauSquared = fit$tau2,
    tauSquaredSE = fit$se.tau2, iSquared = fit$I2 / 100, hSquared = fit$H2, q = fit$QE, qP = fit$QEp,
    logLikelihood = as.numeric(logLik(fit)))
  if (moderated) out <- c(out, list(moderatorTest = fit$QM, moderatorP = fit$QMp, rSquared = fit$R2 / 100))
  if (!moderated) { p <- predict(fit); out$prediction <- c(p$pi.lb, p$pi.ub) }
  if (name != "fixed" && test == "z") {
    ends <- confint(fit, control = list(tol = 1e-14))$random
    out$qProfile <- ends[1, 2:3]
    if (name %in% c("reml", "ml")) out$profileLikelihood <- confint(fit, type = "PL", control = list(tol = 1e-14))$random[1, 2:3]
  }
  if (name != "fixed") { b <- blup(fit); out$shrunken <- b$pred; out$shrunkenSE <- b$se; out$shrunkenLower <- b$pi.lb }
  if (name %in% c("reml", "dl", "fixed")) {
    i <- influence(fit)
    out$influence <- list(studentised = i$inf$rstudent, dffits = i$inf$dffits, cook = i$inf$cook.d, tauSquared = i$inf$tau2.del,
      q = i$inf$QE.del, hat = i$inf$hat, influential = unname(i$is.infl))
    pdf(NULL); b <- baujat(fit); invisible(dev.off())
    out$influence$contribution <- b$x; out$influence$shift <- b$y
    out$weights <- unname(weights(fit)) / 100
  }
  out
}
bcg_fits <- list()
for (name in names(methods)) for (moderated in c(FALSE, TRUE)) for (test in c("z", "knha"))
  bcg_fits[[length(bcg_fits) + 1]] <- bcg_fit(name, moderated, test)

# --- correlated effects
# The best of several optimisers, restarted from one another.
polish <- function(run) {
  best <- NULL
  better <- function(control) {
    made <- try(suppressWarnings(run(control)), silent = TRUE)
    if (!inherits(made, "try-error") && (is.null(best) || as.numeric(logLik(made)) > as.numeric(logLik(best)))) best <<- made
  }
  better(list(optimizer = "nlminb", rel.tol = 1e-11, x.tol = 1e-9, eval.max = 5000, iter.max = 5000))
  better(list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-15))
  for (again in 1:2)
    better(list(optimizer = "optim", optmethod = "Nelder-Mead", reltol = 1e-16, maxit = 50000, sigma2.init = pmax(best$sigma2, 1e-10)))
  best
}
# Profile-likelihood interval of one of two components of an intercept-only model, from dense matrices.
profile_interval <- function(d, V, restricted, sigma2, s) {
  N <- nrow(d); J <- outer(d$experiment, d$experiment, "==")
  likelihood <- function(v) {
    B <- V + v[1] * J + v[2] * diag(N); L <- chol(B); w <- backsolve(L, backsolve(L, cbind(1, d$y), transpose = TRUE))
    a <- sum(w[, 1]); m <- sum(w[, 2]) / a; r <- d$y - m
    -sum(log(diag(L))) - 0.5 * sum(r * (w[, 2] - m * w[, 1])) - if (restricted) 0.5 * log(a) else 0
  }
  profile <- function(x) optimise(function(z) { v <- c(0, 0); v[s] <- x; v[3 - s] <- exp(z); likelihood(v) }, c(-30, 2), maximum = TRUE, tol = 1e-10)$objective
  excess <- function(x) profile(x) - likelihood(sigma2) + qchisq(0.95, 1) / 2
  upper <- uniroot(excess, c(sigma2[s], sigma2[s] + 10), tol = 1e-13)$root
  lower <- if (excess(0) > 0) 0 else uniroot(excess, c(0, sigma2[s]), tol = 1e-13)$root
  c(lower, upper)
}
mv_fit <- function(d, V, method, levels, moderated, cook = FALSE) {
  mods <- if (moderated) ~ x else ~ 1
  random <- if (levels == 2) list(~ 1 | experiment / arm) else list(~ 1 | arm)
  fit <- polish(function(control) suppressWarnings(rma.mv(y, V, mods = mods, random = random, data = d, method = method, control = control)))
  cr2 <- coef_test(fit, vcov = "CR2", cluster = d$experiment, test = "Satterthwaite")
  out <- list(method = tolower(method), levels = levels, moderated = moderated, estimate = as.vector(fit$beta), se = fit$se,
    sigmaSquared = fit$sigma2, logLikelihood = as.numeric(logLik(fit)), q = fit$QE,
    robustSE = cr2$SE, robustDF = cr2$df_Satt, robustP = cr2$p_Satt)
  if (!moderated) {
    p <- predict(fit); out$prediction <- c(p$pi.lb, p$pi.ub)
    out$weights <- unname(weights(fit, type = "rowsum")) / 100
  }
  if (levels == 2 && !moderated)
    out[c("experimentInterval", "armInterval")] <- lapply(1:2, function(s) profile_interval(d, V, method == "REML", fit$sigma2, s))
  if (cook) {
    loose <- rma.mv(y, V, mods = mods, random = random, data = d, method = method, control = list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-15))
    out$cook <- unname(cooks.distance(loose, cluster = d$experiment))
    out$hat <- unname(tapply(hatvalues(loose), d$experiment, sum))
  }
  # Moments with general P, and shrunken effects, from dense matrices.
  X <- if (moderated) cbind(1, d$x) else matrix(1, nrow(d), 1)
  N <- nrow(X); p <- ncol(X)
  project <- function(W) W - W %*% X %*% solve(t(X) %*% W %*% X, t(X) %*% W)
  P <- project(solve(V)); P0 <- project(diag(N))
  Q <- function(t) as.numeric(t(d$y) %*% project(solve(V + t * diag(N))) %*% d$y)
  out$dl <- max(0, (Q(0) - (N - p)) / sum(diag(P)))
  out$dlSE <- sqrt((2 * (N - p) + 4 * out$dl * sum(diag(P)) + 2 * out$dl^2 * sum(P * P)) / sum(diag(P))^2)
  out$he <- max(0, (as.numeric(t(d$y) %*% P0 %*% d$y) - sum(diag(P0 %*% V))) / (N - p))
  PV <- P0 %*% V
  out$heSE <- sqrt((2 * sum(PV * t(PV)) + 4 * out$he * sum(diag(PV)) + 2 * out$he^2 * (N - p)) / (N - p)^2)
  out$pm <- if (Q(0) <= N - p) 0 else uniroot(function(t) Q(t) - (N - p), c(0, 100), tol = 1e-14)$root
  out$iSquared <- sum(fit$sigma2) / (sum(fit$sigma2) + (N - p) / sum(diag(P)))
  G <- fit$sigma2[levels] * diag(N)
  if (levels == 2) G <- G + fit$sigma2[1] * outer(d$experiment, d$experiment, "==")
  B <- V + G; W <- solve(B); M <- solve(t(X) %*% W %*% X)
  out$shrunken <- as.vector(X %*% fit$beta + G %*% W %*% (d$y - X %*% fit$beta))
  E <- X - G %*% W %*% X
  out$shrunkenSE <- sqrt(diag(G - G %*% W %*% G + E %*% M %*% t(E)))
  out
}
case <- function(seed, K, tau, sigma, kind) {
  set.seed(seed)
  rows <- list(); blocks <- list()
  for (k in 1:K) {
    n <- 1 + k %% 4
    own <- round(runif(n, 0.02, 0.3), 4); control <- round(runif(1, 0.02, 0.3), 4)
    u <- if (kind == "relative") round(runif(n, 0.6, 1.4), 3) else rep(1, n)
    S <- diag(own, n) + control * outer(u, u)
    if (kind == "whole") { A <- matrix(rnorm(n * n), n); S <- round(0.1 * (A %*% t(A) + diag(n)), 4) }
    x <- round(rnorm(n), 3)
    theta <- 0.3 + 0.4 * x + sigma * rnorm(1) + tau * rnorm(n)
    y <- round(as.vector(theta + t(chol(S)) %*% rnorm(n)), 5)
    blocks[[k]] <- S
    rows[[k]] <- data.frame(experiment = k, y = y, x = x, own = own, control = control, u = u)
  }
  d <- do.call(rbind, rows); d$arm <- seq_len(nrow(d))
  V <- as.matrix(do.call(bldiag, blocks))
  fits <- list()
  for (method in c("REML", "ML")) for (levels in 1:2) for (moderated in c(FALSE, TRUE))
    fits[[length(fits) + 1]] <- mv_fit(d, V, method, levels, moderated, cook = method == "REML" && tau > 0)
  list(kind = kind, effects = d, covariances = lapply(blocks, function(b) b), fits = fits)
}
cases <- list(case(1, 14, 0.3, 0.4, "shared"), case(2, 14, 0.3, 0.2, "relative"), case(3, 13, 0.4, 0.3, "whole"),
  case(4, 10, 0, 0, "shared"))

# --- Konstantopoulos 2011: districts and schools
schools <- with(dat.konstantopoulos2011, data.frame(experiment = as.integer(factor(district)), arm = study, y = as.vector(yi), v = as.vector(vi), x = year))
school_fit <- function(method, moderated) {
  d <- schools
  fit <- mv_fit(d, diag(d$v), method, 2, moderated)
  fit[c("dl", "dlSE", "he", "heSE", "pm")] <- NULL
  fit
}
konstantopoulos <- list(effects = schools, fits = list(school_fit("ML", FALSE), school_fit("REML", FALSE), school_fit("ML", TRUE), school_fit("REML", TRUE)))

source_text <- paste0("random-effects.R, metafor ", packageVersion("metafor"), ", clubSandwich ", packageVersion("clubSandwich"), ", ", R.version.string)
save <- function(name, content)
  write(toJSON(c(list(source = source_text), content), digits = I(12), auto_unbox = TRUE, na = "null"), name)
save("bcg.json", list(effects = as.vector(bcg$yi), variances = as.vector(bcg$vi), ablat = bcg$ablat, fits = bcg_fits))
save("konstantopoulos2011.json", konstantopoulos)
save("random-effects.json", list(cases = cases))
