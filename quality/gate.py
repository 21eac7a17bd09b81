#!/usr/bin/env python3
"""The quality gate: what was reached is pinned in `floors.json`, and no change may go below it.

    python quality/gate.py                                  the checks that ship with the repository (in `make check`)
    python quality/gate.py --data DIR --evals DIR           all development sets with their scorers (`make quality`)

Places were fitted on the same texts, so their floor only tells a change; types of events were too and have none (their figures by
cross-validation are printed by `training/gazetteer/fit.py` and `training/events/fit.py`). The constructed dossiers in `quality/dossiers` were written without sight of the code, which was then improved on their
misses; the development sets stay outside the repository. `--lower` pins what was reached even where it is lower than before: say why in the changelog.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import contradictions
import dossier
import in_texts
import relations
from onrecord.answers.rows import RelationRow

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SETS = {
    "attribution": (
        "attribution",
        "attribution/dev.jsonl",
        {"relaxed": r"^relaxed .*F1 ([\d.]+)", "strict": r"^strict .*F1 ([\d.]+)", "cue": r"^cue .*F1 ([\d.]+)"},
    ),
    "quantities": (
        "quantities",
        "quantities/dev.jsonl",
        {"value": r"^value  .*F1 ([\d.]+)", "value + change": r"^value \+ change .*F1 ([\d.]+)"},
    ),
    "places": (
        "places",
        "places/lgl.jsonl",
        {"recognition": r"^recognition .*F1 ([\d.]+)", "Acc@161km": r"^Acc@161km\s+([\d.]+)"},
    ),
    "events": (
        "events",
        "events/dev.jsonl",
        {"actor": r"^actor\s+([\d.]+)", "recipient": r"^recipient\s+([\d.]+)"},
    ),
    "factuality uw": ("factuality", "factuality/uw_dev.jsonl", {"Pearson r": r"^Pearson r ([\d.]+)"}),
    "factuality uds": ("factuality", "factuality/uds_dev.jsonl", {"Pearson r": r"^Pearson r ([\d.]+)"}),
    "factuality meantime": ("factuality", "factuality/meantime_dev.jsonl", {"Pearson r": r"^Pearson r ([\d.]+)"}),
}
OF_A_DOSSIER = {
    "figures value": r"value ([\d.]+)",
    "figures bounds": r"bounds ([\d.]+)",
    "figures whose": r"whose ([\d.]+)",
    "origins F1": r"origins .*F1 ([\d.]+)",
    "check found": r"found ([\d.]+)",
    "check right": r"right verdict ([\d.]+)",
}


def of_scored_dossier(gold: Path, scorer: Path, told: dossier.Answers) -> dict[str, float]:
    """The figures that the dossier scorer gives for the answers to a dossier whose gold lies outside the repository."""
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, str(scorer), str(gold)]
        for name in ("figures", "origins", "check"):
            path = Path(place) / f"{name}.json"
            path.write_text(json.dumps([asdict(row) for row in getattr(told, name)]), "utf-8")
            command += [f"--{name}", str(path)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {name: _figure(pattern, printed) for name, pattern in OF_A_DOSSIER.items()}


def of_contradictions(gold: Mapping[str, Any], rows: Sequence[RelationRow]) -> dict[str, float]:
    """The share of contradictions found with the right kind, and of apparent ones left alone; nothing where none are labelled."""
    if "contradictions" not in gold:
        return {}
    found = contradictions.measured(gold, rows)
    return {"contradicted": found["right kind"], "only apparent": 1 - found["apparent ones taken for real"]}


def _figure(pattern: str, printed: str) -> float:
    """The figure that a scorer printed. Raises ValueError where it printed none: a gate that finds nothing must not pass."""
    found = re.search(pattern, printed, re.MULTILINE)
    if found is None:
        raise ValueError(f"the scorer printed nothing like {pattern!r}:\n{printed}")
    return float(found[1])


def of_set(task: str, gold: Path, evals: Path, wanted: dict[str, str]) -> dict[str, float]:
    """The figures of one development set by its scorer."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as out, gold.open(encoding="utf-8") as lines:
        subprocess.run([sys.executable, str(HERE / "predict.py"), task], stdin=lines, stdout=out, check=True)
        scorer = evals / f"score_{task}.py"
        printed = subprocess.run(
            [sys.executable, str(scorer), str(gold), out.name], capture_output=True, text=True, check=True
        ).stdout
    return {name: _figure(pattern, printed) for name, pattern in wanted.items()}


def measured(data: Path | None, evals: Path | None) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each set that can be measured here, with its figures."""
    counts: Counter[str] = Counter()
    for folder in sorted(folder for folder in (HERE / "dossiers").iterdir() if folder.is_dir()):
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        told = dossier.answers(folder, folder / "commentary.txt")
        yield f"dossier {folder.name}", dossier.measured(gold, told) | of_contradictions(gold, told.relations)
        counts += relations.counted(folder.name, told.relations)
    yield "relations of the dossiers", relations.shares(counts)
    if data is None or evals is None:
        return
    for name, (task, path, wanted) in SETS.items():
        yield name, of_set(task, data / path, evals, wanted)
    for scheme in ("uw", "uds"):
        with tempfile.TemporaryDirectory() as place:
            texts = Path(place) / "texts.jsonl"
            texts.write_text(in_texts.written(data / "factuality" / f"{scheme}_dev.jsonl"), "utf-8")
            yield f"factuality {scheme} in texts", of_set("factuality", texts, evals, SETS[f"factuality {scheme}"][2])
    scorer, commentary = evals / "score_dossier.py", HERE.parent / "examples" / "commentary.txt"
    example = data.parent / "dossier"
    gold, told = json.loads((example / "gold.json").read_text("utf-8")), dossier.answers(example, commentary)
    scored = of_scored_dossier(example / "gold.json", scorer, told)
    yield "dossier of the project", scored | of_contradictions(gold, told.relations)


def main() -> None:
    """Run the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path)
    arguments.add_argument("--evals", type=Path)
    arguments.add_argument("--lower", action="store_true", help="pin what was reached even where it is lower")
    given = arguments.parse_args()
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    below = []
    for name, figures in measured(given.data, given.evals):
        for figure, value in figures.items():
            floor = floors.setdefault(name, {}).get(figure, 0.0)
            print(f"{name:24} {figure:16} {value:.3f}  floor {floor:.3f}{'  BELOW' if value < floor else ''}")
            if value < floor and not given.lower:
                below.append(f"{name}: {figure}")
            else:
                floors[name][figure] = value
    if below:
        sys.exit(f"quality fell below its floor: {'; '.join(below)}")
    if given.data is not None or given.lower:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
