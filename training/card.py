#!/usr/bin/env python3
"""Write the model card: measure the exported files on the development sets and put the figures into `card.md`.

    python training/card.py --data ../shared/data --evals ../shared/evals --run build/reader --to src/onrecord/reading/trained

The figures come from the code that the product runs (`quality/predict.py`) and from the scorers in the folder given as `--evals`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
SETS = (
    ("attribution", "attribution/dev.jsonl"),
    ("factuality", "factuality/uw_dev.jsonl"),
    ("factuality", "factuality/uds_dev.jsonl"),
    ("factuality", "factuality/meantime_dev.jsonl"),
)
IN_TEXTS = ("factuality/uw_dev.jsonl", "factuality/uds_dev.jsonl")
CARD = """\
# The trained reader

An encoder over windows of text (twelve layers, 384 wide, started from bge-small-en-v1.5) and a second look of two layers for each
cue. It takes in word pieces, capitals, line breaks, and the parse of en_core_web_sm 3.8.0. It answers: where are cues; which words are the source and the content of each; is it a cue at all; what does its
source do with the content (the act); how factual is each word; what is the name of a person, organisation or place; which
mention goes with which. Made with `training/`, whose README says how the run went, on {date}, {steps} steps; the weights are
rounded to eight bits.

## Trained on

| data | for | terms |
| --- | --- | --- |
| PolNeAR train (Newell, Margolin, Ruths, LREC 2018): 840 news articles | cues, sources, contents | no licence stated; not redistributed |
| UW (Lee et al. 2015), UDS-IH2 (Rudinger et al. 2018), MEANTIME (Minard et al. 2016), unified by Stanovsky et al. 2017 | factuality | UW: none stated; UDS-IH2 CC BY-SA; MEANTIME CC BY; not redistributed |
| GUM train (Zeldes 2017): 177 documents | names, mentions that go together | annotations CC BY 4.0; texts under their own open licences; not redistributed |
| `training/`: sentences and dispatches of our own, labels for PolNeAR train by offsets | acts; cues, sources and contents of conflict reporting | as the project |
| LGL (Lieberman et al. 2010): 588 articles of small-town papers | their texts alone, of which the teachers speak | from a GPL-3 repository; not redistributed |
| bge-small-en-v1.5 (weights to start from) | | MIT |
| all-mpnet-base-v2 (weights that the five teachers start from) | decision 19 | Apache-2.0 |

## Measured

On the development sets, with the code that the product runs:

{scores}

Acts and sources, on sets labelled by sessions of a language model (`training/README.md` says how):

{own}

## Limits

English news. PolNeAR is reporting on one American election year: statements of courts, armies and aid agencies are rarer in it
than in what this is used for. Scores of factuality follow the corpora, which disagree about what will come (see `certainty.py`);
their head was fitted last, on sentences one behind the other as texts have them (`training/factual.py`).
Names that the vocabulary has to spell in many pieces are harder. It gives the words that stand for a source and a content; it does not know what is true.

## Digests (SHA-256)

{digests}
"""


def scored(task: str, gold: Path, evals: Path) -> str:
    """What the scorer of a task prints for one development set."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as out, gold.open(encoding="utf-8") as lines:
        predict = HERE.parent / "quality" / "predict.py"
        subprocess.run([sys.executable, str(predict), task], stdin=lines, stdout=out, check=True)
        scorer = [sys.executable, str(evals / f"score_{task}.py"), str(gold), out.name]
        return subprocess.run(scorer, capture_output=True, text=True, check=True).stdout.strip()


def scored_in_texts(path: str, data: Path, evals: Path) -> str:
    """What the scorer of factuality prints for one development set, eight sentences to a text (`quality/in_texts.py`)."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as texts:
        script = HERE.parent / "quality" / "in_texts.py"
        subprocess.run([sys.executable, str(script), str(data / path)], stdout=texts, check=True)
        return f"{path}, eight sentences to a text\n{scored('factuality', Path(texts.name), evals)}"


def printed(name: str, data: Path) -> str:
    """What one of the measures in `quality/` prints on the PolNeAR development set."""
    command = [sys.executable, str(HERE.parent / "quality" / f"{name}.py"), str(data / "attribution" / "dev.jsonl")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.rstrip()


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--evals", "--run", "--to"):
        parser.add_argument(name, type=Path, required=True)
    args = parser.parse_args()
    blocks = [_indented(f"{path}\n{scored(task, args.data / path, args.evals)}") for task, path in SETS]
    blocks += [_indented(scored_in_texts(path, args.data, args.evals)) for path in IN_TEXTS]
    digests = json.loads((args.to / "digests.json").read_text("utf-8"))
    card = CARD.format(
        date=datetime.now(UTC).date().isoformat(),
        steps=json.loads((args.run / "state.json").read_text("utf-8"))["step"],
        scores="\n\n".join(blocks),
        own="\n\n".join(_indented(printed(name, args.data)) for name in ("acts", "sources")),
        digests="\n".join(f"- `{name}`: `{digest}`" for name, digest in digests.items()),
    )
    (args.to / "card.md").write_text(card, "utf-8")


if __name__ == "__main__":
    main()
