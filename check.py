#!/usr/bin/env python3
"""Install what the checks need into .venv and run all of them: `python3 check.py` (what `make check` and CI run).

Needs Python 3.11 and the package index, nothing else. The first check that fails stops the run.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements-dev.lock"
STEPS = (
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("lint", ["-m", "ruff", "check", "."]),
    ("types", ["-m", "mypy"]),
    ("imports", ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
    ("tests", ["-m", "pytest"]),
    ("quality gate", ["quality/gate.py"]),
)


def installed() -> Path:
    """The Python of .venv, with the locked packages and this checkout installed."""
    python = VENV / "bin" / "python"
    stamp = VENV / "installed"
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    print("== install", flush=True)
    venv.create(VENV, with_pip=True, clear=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    stamp.write_text(wanted, "utf-8")
    return python


def main() -> None:
    """Run every step in order."""
    python = installed()
    for name, command in STEPS:
        print(f"== {name}", flush=True)
        done = subprocess.run([str(python), *command], cwd=ROOT, check=False)
        if done.returncode:
            sys.exit(f"check.py: {name} failed")
    print("== all checks passed")


if __name__ == "__main__":
    main()
