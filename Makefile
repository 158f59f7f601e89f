# `make demo` and `make test` need only Python 3.11 or newer, git and make; both may be run again at any time.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
BENCH := .work/bench-origins/environment
MODELS ?= .work/models/environment
DEMO := .work/demo/hanbit
FONTS := .work/fonts
FONT_PACKAGE := pretendard-gov@1.3.9
FONT_DIGEST := 53d6c45567c1a0ce40500336c89be66df7ebb78a0efffa2755b28e233cbfa445344843fee8efd898ec4681868c803afece6aa10c6852c10a8e9c1152826a786d

.PHONY: help setup demo test check lint types imports unit properties policies self examples accuracy accuracy-licenses accuracy-weights accuracy-structures structures bench bench-quick bench-policy bench-origins bench-reports bench-scale requirements clean

help: ## Show the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(READY) $(FONTS)/ready ## Make the virtual environment with everything that is needed

$(READY): requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is missing. Install it, or name it: make PYTHON=/path/to/python3.11"; \
	    echo "Python 3.11 이상이 필요합니다. 설치하거나 경로를 지정하세요: make PYTHON=/경로/python3.11"; exit 1; }
	@command -v git >/dev/null || { echo "git is missing. Install it. / git이 필요합니다. 설치하세요."; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || \
	  { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; \
	    echo "Python venv 모듈이 필요합니다. Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(FONTS)/ready: $(READY) # Pretendard GOV (OFL-1.1), which Korean offices use: for PDF
	@mkdir -p $(FONTS) .work/npm
	cd .work/npm && $(CURDIR)/$(BIN)/npm pack --silent $(FONT_PACKAGE) >/dev/null
	@cd .work/npm && echo "$(FONT_DIGEST)  pretendard-gov-1.3.9.tgz" | sha512sum --check --quiet
	@tar --extract --gzip --file .work/npm/pretendard-gov-1.3.9.tgz --directory $(FONTS) --strip-components 2 \
	  package/dist/LICENSE.txt
	@tar --extract --gzip --file .work/npm/pretendard-gov-1.3.9.tgz --directory $(FONTS) --strip-components 4 \
	  package/dist/public/static/PretendardGOV-Regular.otf package/dist/public/static/PretendardGOV-Bold.otf
	@rm .work/npm/pretendard-gov-1.3.9.tgz
	@touch $@

demo: $(READY) ## Check a fictional team's repository made of real files, and print the verdicts
	@$(BIN)/python -m tests.samples.team_repository $(DEMO)
	@$(BIN)/compliance check $(DEMO); status=$$?; \
	  echo "exit status $$status (1 is right: this repository breaks the policy)"; test $$status -eq 1

test: check ## Set up everything and pass every check and test

check: lint types imports unit policies self ## ruff, mypy, import layers, tests, the shipped policies' tests, the product on itself

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

unit: $(READY) $(FONTS)/ready
	$(BIN)/pytest

properties: $(READY) ## Look for counterexamples to the property tests among many random inputs (a quarter of an hour)
	$(BIN)/pytest -m hypothesis --hypothesis-profile=searching

policies: $(READY)
	$(BIN)/compliance policy test sovereign-ai
	$(BIN)/compliance policy test open-source-hygiene
	$(BIN)/compliance policy test telecom-strict

self: $(READY)
	$(BIN)/compliance check . --policy .ci/policy.yaml --environment $(VENV) --fail-on review \
	  --max-file-size 64 # the index of known code is that large

examples: $(READY) $(FONTS)/ready ## Write the golden outputs in reports/examples anew
	$(BIN)/python -m tests.reporters.examples

accuracy: $(READY) ## Compare with the scancode command on three real trees and write docs/accuracy.md (half an hour)
	$(BIN)/python -m benchmarks.accuracy

accuracy-licenses: $(READY) ## Measure how license texts are told over all that ScanCode ships (five minutes)
	$(BIN)/python -m benchmarks.license_texts

accuracy-weights: $(MODELS)/ready ## Train small models, and measure how copied and tuned tensors are told (an hour)
	$(MODELS)/bin/python -m benchmarks.weight_likeness.training
	$(MODELS)/bin/python -m benchmarks.weight_likeness.conversion
	$(BIN)/python -m benchmarks.weights $(MODELS)/bin/python

accuracy-structures: $(MODELS)/ready ## Measure how architectures are told by tensors, on all that transformers can build (ten minutes)
	$(MODELS)/bin/python -m benchmarks.structures

structures: $(MODELS)/ready ## Write the structures of known architectures anew from transformers (two minutes)
	$(MODELS)/bin/python -m compliance.weights.building

$(MODELS)/ready: requirements/models.txt requirements/torch.txt $(READY) # PyTorch is no part of the product
	@$(BIN)/python -m venv $(MODELS)
	$(MODELS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement requirements/models.txt
	$(MODELS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
	  --requirement requirements/torch.txt
	@touch $@

bench: $(BENCH)/ready ## Time 1,700 real files, pull requests and curves beside other tools; write docs/performance.md (40 minutes)
	@for peer in licensecheck decopy; do command -v $$peer >/dev/null || \
	  echo "$$peer isn't installed, so it isn't compared. On Debian: apt-get install $$peer"; done
	COMPLIANCE_BENCH_PEERS=$(BENCH)/bin $(BIN)/python -m benchmarks.speed

bench-quick: $(BENCH)/ready ## Try `make bench` on little, and print (three minutes)
	COMPLIANCE_BENCH_PEERS=$(BENCH)/bin $(BIN)/python -m benchmarks.speed --quick

bench-policy: $(BENCH)/ready ## Time policies beside other evaluators, and replay; write docs/performance.md (twenty minutes)
	$(BENCH)/bin/python -m benchmarks.policy.evaluation
	$(BIN)/python -m benchmarks.policy.steps
	$(BIN)/python -m benchmarks.policy.replay

bench-origins: $(BENCH)/ready ## Measure how well origins are found, beside other tools, and write both documents (an hour)
	$(BENCH)/bin/python -m benchmarks.origins

$(BENCH)/ready: requirements/bench.txt $(READY) # an environment of its own: the peers aren't a part of the product's
	@$(BIN)/python -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement requirements/bench.txt
	@touch $@

bench-reports: $(READY) $(FONTS)/ready ## Time reports of ten thousand findings, in a browser too (five minutes)
	$(BIN)/python -m benchmarks.reports

bench-scale: $(READY) ## Measure what files cost, reckon what a hub of models would, and write docs/scale.md (ten minutes)
	$(BIN)/python -m benchmarks.scale

requirements: $(READY) ## Resolve the pinned requirements anew
	$(BIN)/uv pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --output-file requirements/runtime.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --quiet --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --python-version 3.11 --output-file requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra bench --quiet --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --python-version 3.11 --output-file requirements/bench.txt \
	  --constraint requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra models --quiet --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --python-version 3.11 --output-file requirements/models.txt \
	  --constraint requirements/dev.txt

clean: ## Remove everything that was made
	rm -rf $(VENV) .work .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
