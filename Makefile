# The two commands of the README, and what they are made of.
PREFIX ?= /usr/local
SWIFT ?= swift
PYTHON ?= python3
FUZZ_SECONDS ?= 540
SERVICE_SECONDS ?= 10
SPARK_ROWS ?= 20000000

.PHONY: report build site test test-spark fuzz bench lint install setup setup-tests clean

## Install what is missing, build in release, build the proxy analysis, say where the report is.
report: build
	@$(SWIFT) run -c release --skip-build report build analyses/proxy.md
	@echo "Open output/proxy.html in a browser."

build: setup
	$(SWIFT) build -c release --product report

## The project's own documentation as a site in output/site; SITE_FLAGS are options of `report site build`.
site: build
	$(SWIFT) run -c release --skip-build report site build $(SITE_FLAGS)

## Install what is missing, run every test.
test: setup-tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build
	.venv/bin/python -m pytest -q -p no:cacheprovider Tests/Python

## Ask a real Spark, a master and two workers on loopback: some ten minutes, so it is no part of `make test`. $SPARK_HOME
## names another Spark than the package's.
test-spark: setup
	@.ci/setup spark
	$(SWIFT) build --product report
	.venv-spark/bin/python -m pytest -q -p no:cacheprovider Tests/Spark

## Look for inputs that break a reader, with libFuzzer; FUZZ_SECONDS of running in all, the whole is done in ten minutes where
## the build takes one. make fuzz ONLY="frame value" runs those targets.
fuzz: setup
	@SWIFT="$(SWIFT)" FUZZ_SECONDS=$(FUZZ_SECONDS) Tests/Fuzzing/run $(ONLY)

## Print a table of what the estimators cost, beside it Stan's where pystan is installed, and one of what builds cost, beside
## it rmarkdown's and papermill's where they are; make bench ONLY=proxies prints the rows with that word, ONLY=warm those of
## the shipped reports, ONLY=coverage that of the one whose results take minutes, ONLY=notebook the table of builds, ONLY=service
## that of the service under load (with wrk), SERVICE_SECONDS of each kind of request, ONLY=engines that of queries (with duckdb), ONLY=spark that of Spark with two workers (with spark-sql), SPARK_ROWS of units. PYTHON is the interpreter that has those packages.
bench: setup
	@if [ "$(ONLY)" != notebook ] && [ "$(ONLY)" != service ] && [ "$(ONLY)" != engines ] && [ "$(ONLY)" != spark ]; then $(SWIFT) build -c release --product report && \
	$(SWIFT) run -c release Benchmarks $(ONLY); fi
	@if [ -z "$(ONLY)" ] && $(PYTHON) -c "import arviz, stan" 2>/dev/null; then $(PYTHON) Benchmarks/pystan.py; fi
	@case "$(ONLY)" in "" | notebook) $(SWIFT) build -c release --product report && \
	$(PYTHON) Benchmarks/Notebook "$$($(SWIFT) build -c release --show-bin-path)/report" ;; esac
	@case "$(ONLY)" in "" | service) $(SWIFT) build -c release --product report && \
	$(PYTHON) Benchmarks/Service "$$($(SWIFT) build -c release --show-bin-path)/report" $(SERVICE_SECONDS) ;; esac
	@case "$(ONLY)" in engines) $(SWIFT) build -c release --product report && \
	$(PYTHON) Benchmarks/Engines "$$($(SWIFT) build -c release --show-bin-path)/report" ;; esac

	@case "$(ONLY)" in spark) .ci/setup spark && $(SWIFT) build -c release --product report && \
	.venv-spark/bin/python Benchmarks/Spark "$$($(SWIFT) build -c release --show-bin-path)/report" $(SPARK_ROWS) ;; esac

## The code's form.
lint:
	$(SWIFT) format lint --strict -r Sources Tests Benchmarks Templates Package.swift

## Put `report` on the PATH: make install PREFIX=$$HOME/.local
install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$$($(SWIFT) build -c release --show-bin-path)/report" "$(DESTDIR)$(PREFIX)/bin/report"

setup:
	@.ci/setup build

setup-tests:
	@.ci/setup test

## What is made again by a build of the program; reports and their audit trail in output/ stay.
clean:
	$(SWIFT) package clean
