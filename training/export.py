#!/usr/bin/env python3
"""A checkpoint -> the files that the package ships: ONNX with int8 weights, tokenizer and digests.

    python training/export.py --from build/reader --weights FOLDER --to src/onrecord/reading/trained [--fp32]

FOLDER is the one given to `train.py`. The averaged weights are exported. With `--fp32` nothing is rounded, to measure what rounding costs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from model import SHAPES, Reader

OPSET = 17


def export(reader: Reader, folder: Path, *, fp32: bool) -> None:
    """Write `encoder.onnx` and `second.onnx`."""
    reader.eval()
    folder.mkdir(parents=True, exist_ok=True)
    numbers = torch.ones(2, 16, dtype=torch.long)
    dynamic = {0: "texts", 1: "tokens"}
    _write(
        reader.encoder,
        (numbers,) * 7,
        ["ids", "cases", "gaps", "tags", "functions", "heads", "mask"],
        ["states", "cues", "names", "factual", "links"],
        dynamic,
        folder / "encoder.onnx",
        fp32=fp32,
    )
    _write(
        reader.second,
        (torch.randn(2, 16, reader.shape.width), *(numbers,) * 5),
        ["states", "marked", "distance", "looked_at", "heads", "branch"],
        ["roles", "is_cue", "acts"],
        dynamic,
        folder / "second.onnx",
        fp32=fp32,
    )


def _write(
    module: nn.Module,
    example: tuple[Tensor, ...],
    inputs: list[str],
    outputs: list[str],
    dynamic: dict[int, str],
    path: Path,
    *,
    fp32: bool,
) -> None:
    one = {name: {0: "texts"} for name in ("is_cue", "acts")}
    axes = {name: one.get(name, dynamic) for name in (*inputs, *outputs)}
    whole = path.with_suffix(".fp32.onnx")
    torch.onnx.export(
        module,
        example,
        str(whole),
        input_names=inputs,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(str(whole))
    if fp32:
        whole.replace(path)
        return
    quantize_dynamic(
        whole, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )
    whole.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--from", dest="run", type=Path, required=True, help="folder of the checkpoint")
    parser.add_argument("--weights", type=Path, required=True, help="folder that weights.py wrote")
    parser.add_argument("--to", type=Path, required=True, help="folder of the files")
    parser.add_argument("--fp32", action="store_true", help="round nothing")
    args = parser.parse_args()
    state = torch.load(args.run / "checkpoint.pt", weights_only=True)
    reader = Reader(SHAPES[state["shape"]])
    reader.load_state_dict(state["averaged"])
    export(reader, args.to, fp32=args.fp32)
    shutil.copyfile(args.weights / "tokenizer.json", args.to / "tokenizer.json")
    files = ("encoder.onnx", "second.onnx", "tokenizer.json")
    digests = {name: hashlib.sha256((args.to / name).read_bytes()).hexdigest() for name in files}
    (args.to / "digests.json").write_text(json.dumps(digests, indent=1) + "\n", "utf-8")
    print(
        f"step {state['step']} of {state['steps']}: {sum((args.to / n).stat().st_size for n in files) / 1e6:.1f} MB in {args.to}"
    )


if __name__ == "__main__":
    main()
