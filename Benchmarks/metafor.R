# Seconds that metafor's rma.mv takes for effects that share controls, with dense and with sparse matrices:
# Rscript metafor.R FILE, of columns experiment, effect, treatment variance, control variance without a header.
suppressMessages(library(metafor))
d <- read.csv(commandArgs(TRUE)[1], header = FALSE, col.names = c("experiment", "effect", "treatment", "control"))
d$arm <- seq_len(nrow(d))
V <- diag(d$treatment) + outer(d$experiment, d$experiment, "==") * d$control
for (sparse in c(FALSE, TRUE))
  cat(system.time(fit <- rma.mv(effect, V, random = ~ 1 | arm, data = d, sparse = sparse))[["elapsed"]], "")
cat(sprintf("%.9g %.9g\n", fit$sigma2, fit$beta))
