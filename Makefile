# run · test · bench · check — each installs what it needs first.
SHELL := /bin/bash
export OMP_THREAD_LIMIT ?= 1
export HF_HUB_OFFLINE ?= 1
export MLFLOW_DISABLE_TELEMETRY ?= true
BIN := .venv/bin
PORT ?= 8000

.PHONY: run test bench check models lock assets clean help

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run:  ## set up, work through the first morning, open the desk at http://127.0.0.1:8000
	@.ci/prepare run
	@$(BIN)/contor demo
ifndef ONCE
	@$(BIN)/contor serve --port $(PORT)
endif

check:  ## ruff, mypy, import contracts
	@.ci/prepare test
	@.ci/check

test: check  ## every test, then the first morning once
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup
	@CONTOR_DATA_DIR=$$(mktemp -d) $(BIN)/contor demo --quiet

bench:  ## speeds and figures, each beside its baseline; asserts nothing
	@.ci/prepare test
	@$(BIN)/python -m contor_training.benchmarks

bench-%:  ## one part: bench-documents, bench-assignment, bench-banking, bench-billing, bench-einvoice
	@.ci/prepare test
	@$(BIN)/python -m contor_training.benchmarks.$*

models:  ## rebuild the models on the shelf from the sources beside the project (ONLY=name for one, QUICK=1 without figures)
	@.ci/prepare test
	@OMP_NUM_THREADS=1 $(BIN)/python -m contor_training.models $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick)

lock:  ## renew the locks from pyproject.toml
	@.ci/prepare test
	@cd requirements && for part in service dev; do \
	  extras=$$([ $$part = service ] && echo "--extra training" || echo "--all-extras"); \
	  constraint=$$([ $$part = dev ] && echo "--constraint service.lock" || true); \
	  ../$(BIN)/pip-compile -q $$extras $$constraint --constraint torch.txt --strip-extras --no-header --annotation-style line \
	    --no-emit-find-links --no-emit-index-url --no-emit-trusted-host --no-emit-options \
	    --unsafe-package torch --unsafe-package pip --unsafe-package setuptools \
	    -o $$part.lock ../pyproject.toml; done

assets:  ## renew the vendored files of the desk (needs Node; the files are committed)
	@cd api/contor_api/static && npm install --ignore-scripts --no-audit --no-package-lock && npm run vendor && rm -rf node_modules

clean:  ## remove what was built and the working data
	rm -rf .venv var build dist .mypy_cache .ruff_cache .pytest_cache
