#!/usr/bin/env python3
"""Install what the checks need into .venv and run all of them: `python3 check.py` (what `make check` and CI run).

Needs Python 3.11, the package index and Chromium, in which the pages are tried; where Chromium is not there it is installed with apt-get.
The first check that fails stops the run.
"""

from __future__ import annotations

import hashlib
import os
import shutil
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


def install_chromium() -> None:
    """Debian's Chromium, where there is none."""
    if shutil.which("chromium"):
        return
    print("== install chromium", flush=True)
    apt = ["apt-get"] if os.geteuid() == 0 else ["sudo", "apt-get"]
    if shutil.which(apt[0]) is None or shutil.which("apt-get") is None:
        sys.exit("check.py: the pages are tried in Chromium; install it so that `chromium` starts it")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*apt, "update", "-qq"], check=True, stdout=subprocess.DEVNULL, env=quiet)
    command = [*apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=quiet)


def main() -> None:
    """Run every step in order."""
    install_chromium()
    python = installed()
    for name, command in STEPS:
        print(f"== {name}", flush=True)
        done = subprocess.run([str(python), *command], cwd=ROOT, check=False)
        if done.returncode:
            sys.exit(f"check.py: {name} failed")
    print("== all checks passed")


if __name__ == "__main__":
    main()
