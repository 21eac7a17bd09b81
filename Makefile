# `make check` is what CI runs. `make quality DATA=... EVALS=...` measures all development sets.
DATA ?= ../shared/data
EVALS ?= ../shared/evals
PYTHON ?= python3

.PHONY: check quality lock benchmark format

check:
	$(PYTHON) check.py

quality:
	.venv/bin/python quality/gate.py --data $(DATA) --evals $(EVALS)

benchmark:
	.venv/bin/python benchmarks/add.py $(DATA)/attribution/dev.jsonl

format:
	.venv/bin/ruff format . && .venv/bin/ruff check --fix .

lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements-dev.lock
