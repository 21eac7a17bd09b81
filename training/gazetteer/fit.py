#!/usr/bin/env python3
"""Learn what names a place and which place is meant: articles with places on the map -> `toponyms.json` and `places.json`.

    python training/gazetteer/fit.py --data ../shared/data/places/lgl.jsonl --to src/onrecord/reading

Both are linear: a logistic regression over the features of `reading/toponyms.py`, and a conditional logit over those of `reading/places.py`
whose right answers are the candidates within 161 km of where the article's place lies. The articles are of small towns; sentences of our
own about conflicts (`sentences.jsonl`, places marked as [[name|country|kind]]) join them with a greater weight. Printed are the figures
of five-fold cross-validation by article, with the recognition and the resolution of a fold both learnt from the other four.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading import places
from onrecord.reading.countries import countries_in
from onrecord.reading.gazetteer import Entry
from onrecord.reading.network import seen
from onrecord.reading.nlp import parsed
from onrecord.reading.spans import text_of
from onrecord.reading.toponyms import Toponym, judged
from onrecord.records import Precision

HERE = Path(__file__).parent
FOLDS = 5
KM = 161.0
STIFF_NAMES, STIFF_PLACES = 1.0, 0.5  # weight of the squares of what is learnt
STEPS, RATE = 600, 0.05
OWN = 3.0  # weight of our own sentences
# What a place that is marked so may be in the gazetteer.
KINDS = {
    "settlement": (Precision.SETTLEMENT,),
    "district": (Precision.DISTRICT,),
    "region": (Precision.REGION, Precision.AREA),
    "area": (Precision.AREA, Precision.REGION),
    "country": (Precision.COUNTRY,),
    "people": (Precision.COUNTRY, Precision.REGION, Precision.AREA),
}
_MARK = re.compile(r"\[\[([^|\]]+)\|([A-Z]{2}|-)\|([a-z]+)\]\]")
Floats = NDArray[np.float64]


@dataclass(kw_only=True)
class Text:
    """One piece of an article: what may name a place, and for each the place on the map that the words overlap, if any."""

    doc: Any
    toponyms: list[Toponym]
    features: list[dict[str, float]]
    gold: list[dict[str, Any] | None]
    missed: int = 0
    weight: float = 1.0


def articles_of(path: Path) -> list[dict[str, Any]]:
    """The articles of a file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def unmarked(row: dict[str, Any]) -> dict[str, Any]:
    """A text without its marks, and the places that they marked.

    >>> unmarked({"text": "In [[Goma|CD|settlement]]."})["places"]
    [{'start': 3, 'end': 7, 'country': 'CD', 'kind': 'settlement'}]
    """
    text, found, last = "", [], 0
    for mark in _MARK.finditer(row["text"]):
        text += row["text"][last : mark.start()]
        country = "" if mark[2] == "-" else mark[2]
        found.append({"start": len(text), "end": len(text) + len(mark[1]), "country": country, "kind": mark[3]})
        text += mark[1]
        last = mark.end()
    return {"text": text + row["text"][last:], "places": found}


def texts_of(rows: list[dict[str, Any]], weight: float = 1.0) -> list[list[Text]]:
    """Articles, each as its pieces."""
    made = []
    for row, pieces in zip(rows, parsed((row["text"], 0) for row in rows), strict=True):
        article = []
        for piece in pieces:
            found = list(judged(piece.doc, tuple(countries_in(text_of(piece.doc))), seen(piece.doc)))
            article.append(
                Text(
                    doc=piece.doc,
                    toponyms=[toponym for toponym, _ in found],
                    features=[features for _, features in found],
                    gold=[_gold(row["places"], toponym, piece.offset) for toponym, _ in found],
                    weight=weight,
                )
            )
        hit = {id(g) for text in article for g in text.gold if g is not None}
        if article:
            article[0].missed = len(row["places"]) - len(hit)
        made.append(article)
    return made


def _gold(listed: list[dict[str, Any]], toponym: Toponym, offset: int) -> dict[str, Any] | None:
    start, end = toponym.span.start + offset, toponym.span.end + offset
    return next((place for place in listed if place["start"] < end and start < place["end"]), None)


# ---------------------------------------------------------------- which words


def learn_names(texts: list[Text]) -> dict[str, float]:
    """Weights of the features of words, by Newton's method."""
    names = sorted({name for text in texts for features in text.features for name in features})
    column = {name: n for n, name in enumerate(names)}
    rows = [features for text in texts for features in text.features]
    x = np.zeros((len(rows), len(names)))
    for number, features in enumerate(rows):
        for name, value in features.items():
            x[number, column[name]] = value
    y = np.array([gold is not None for text in texts for gold in text.gold], dtype=float)
    counted = np.array([text.weight for text in texts for _ in text.features])
    weights = np.zeros(len(names))
    for _ in range(50):
        share = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (counted * (share - y)) + STIFF_NAMES * weights
        curve = (x * (counted * share * (1 - share))[:, None]).T @ x + STIFF_NAMES * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def chosen(text: Text, weights: dict[str, float]) -> list[int]:
    """The numbers of the words that the weights take for names of places."""
    return [
        number
        for number, features in enumerate(text.features)
        if sum(weights.get(name, 0.0) * value for name, value in features.items()) > 0
    ]


# ---------------------------------------------------------------- which place


@dataclass(kw_only=True)
class Choice:
    """The candidates of one text, which of them are right, and the gold place of each mention."""

    given: places.Candidates
    right: NDArray[np.bool_]
    gold: list[dict[str, Any] | None]
    weight: float


def choices(texts: list[Text], weights: dict[str, float]) -> list[Choice]:
    """What there is to choose between, for the words that the weights take for names of places."""
    made = []
    for text in texts:
        kept = chosen(text, weights)
        given = places.candidates(text.doc, [text.toponyms[n] for n in kept])
        gold = [text.gold[n] for n in kept]
        of_name: dict[int, dict[str, Any]] = {}
        for name, place in zip(given.name_of, gold, strict=True):
            if place is not None:
                of_name.setdefault(name, place)
        right = np.array(
            [
                int(name) in of_name and is_right(entry, of_name[int(name)])
                for name, entry in zip(given.name, given.entries, strict=True)
            ],
            dtype=bool,
        )
        made.append(Choice(given=given, right=right, gold=gold, weight=text.weight))
    return made


def is_right(entry: Entry, place: dict[str, Any]) -> bool:
    """Whether a candidate is the place that was meant: near it, or of its country and kind."""
    if "kind" in place:
        return entry.country == place["country"] and entry.precision in KINDS[place["kind"]]
    return km((entry.latitude, entry.longitude), place) <= KM


def km(a: tuple[float, float], place: dict[str, float]) -> float:
    """Distance on the sphere."""
    la, lo, lb, lp = map(math.radians, (*a, place["lat"], place["lon"]))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def learn_choice(features: list[Floats], made: list[Choice]) -> Floats:
    """Weights of the features of candidates: those under which the right ones are likeliest, by Adam."""
    x = np.concatenate(features)
    sizes = np.cumsum([0] + [int(c.given.name.max()) + 1 for c in made])
    group = np.concatenate([c.given.name + first for c, first in zip(made, sizes[:-1], strict=True)])
    right = np.concatenate([c.right for c in made])
    counted = np.concatenate([np.full(len(c.right), c.weight) for c in made])
    used = np.isin(group, group[right])
    x, right, counted = x[used], right[used], counted[used]
    group = np.unique(group[used], return_inverse=True)[1]
    number = int(group.max()) + 1
    weights, mean, square = (np.zeros(x.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):
        share = places.softmax_by(x @ weights, group)
        mass = np.bincount(group, share * right, number)
        wanted = share * right / np.maximum(mass[group], 1e-12)
        slope = x.T @ (counted * (share - wanted)) / number + STIFF_PLACES * weights / number
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def learn_places(made: list[Choice]) -> tuple[Floats, Floats]:
    """Weights of a candidate alone, and together with what the other names may be."""
    made = [c for c in made if c.given.entries]
    alone = learn_choice([c.given.alone for c in made], made)
    first = [c.given.alone @ alone for c in made]
    likely = [places.softmax_by(f, c.given.name) for f, c in zip(first, made, strict=True)]
    for _ in range(places.ROUNDS):
        features = [places.together(c.given, f, p) for c, f, p in zip(made, first, likely, strict=True)]
        weights = learn_choice(features, made)
        likely = [places.softmax_by(f @ weights, c.given.name) for f, c in zip(features, made, strict=True)]
    return alone, weights


def near(choice: Choice, alone: Floats, weights: Floats) -> int:
    """How many gold places are met within 161 km."""
    if not choice.given.entries:
        return 0
    _, likely = places.likely_of(choice.given, {"alone": alone, "together": weights})
    met = 0
    for name, place in zip(choice.given.name_of, choice.gold, strict=True):
        rows = np.flatnonzero(choice.given.name == name)
        if place is not None and len(rows):
            met += is_right(choice.given.entries[rows[np.argmax(likely[rows])]], place)
    return met


# ---------------------------------------------------------------- all of it


def validate(articles: list[list[Text]], own: list[Text]) -> None:
    """Print the figures of cross-validation by article; our own sentences are always learnt from."""
    fold = np.random.default_rng(0).integers(0, FOLDS, len(articles))
    hit = given = met = total = 0
    for number in range(FOLDS):
        train = [t for a, f in zip(articles, fold, strict=True) if f != number for t in a] + own
        test = [t for a, f in zip(articles, fold, strict=True) if f == number for t in a]
        names = learn_names(train)
        alone, weights = learn_places(choices(train, names))
        for text, choice in zip(test, choices(test, names), strict=True):
            met += near(choice, alone, weights)
            hit += len({id(g) for g in choice.gold if g is not None})
            given += len(choice.gold)
            total += text.missed + len({id(g) for g in text.gold if g is not None})
    precision, recall = hit / given, hit / total
    print(f"recognition    P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}")
    print(f"Acc@161km      {met / hit:.3f} of {hit} recognised")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="articles with places, a JSON object a line")
    parser.add_argument("--to", type=Path, required=True, help="folder of toponyms.json and places.json")
    args = parser.parse_args()
    articles = texts_of(articles_of(args.data))
    marked = texts_of([unmarked(row) for row in articles_of(HERE / "sentences.jsonl")], OWN)
    own = [text for article in marked for text in article]
    validate(articles, own)
    texts = [text for article in articles for text in article] + own
    names = learn_names(texts)
    alone, weights = learn_places(choices(texts, names))
    learnt = {
        "alone": dict(zip(places.ALONE, (round(float(w), 3) for w in alone), strict=True)),
        "together": dict(zip(places.TOGETHER, (round(float(w), 3) for w in weights), strict=True)),
    }
    for name, values in (("toponyms.json", names), ("places.json", learnt)):
        (args.to / name).write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
