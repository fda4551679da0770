"""Draws docs/pictures: one of every kind, from the third notebook and, without coordinates, from the prefecture's year.

python tests/python/draw.py                 (from the root of the repository, with the package and its plots installed)
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import sandan

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "python" / "notebooks"
PICTURES = ROOT / "docs" / "pictures"


def run(notebook: Path) -> dict[str, Any]:
    """The names that a notebook ends with, run as a program in a folder of its own."""
    names: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(NOTEBOOKS, folder, dirs_exist_ok=True)
        with contextlib.chdir(folder) if hasattr(contextlib, "chdir") else contextlib.nullcontext():
            for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    exec("".join(cell["source"]), names)
    return names


def draw() -> None:
    PICTURES.mkdir(exist_ok=True)
    plan: sandan.Plan = run(NOTEBOOKS / "3-用自己的表格.ipynb")["plan"]
    year = sandan.read(ROOT / "examples/guigang").solve()
    drawn = {
        "map": plan.pictures.map(),
        "calendar": plan.pictures.calendar(),
        "coverage": plan.pictures.coverage(by="group"),
        "loads": plan.pictures.loads(),
        "course": plan.pictures.course(),
        "gaps": plan.pictures.gaps(),
        "repairs": plan.pictures.repairs(str(plan.unmet.iloc[0, 0])),
        "tiles": year.pictures.map(),
        "calendar-by-project": year.pictures.calendar(by="project"),
        "coverage-by-service": year.pictures.coverage(),
        "map-en": plan.pictures.map(lang="en"),
    }
    for name, picture in drawn.items():
        picture.save(PICTURES / f"{name}.png", scale=1)


if __name__ == "__main__":
    draw()
