"""`pip install analysis` takes along all that the Python package consists of."""

import os
import tomllib
from pathlib import Path

ANALYSIS = Path(os.environ["SOJOURN_SOURCE"]) / "analysis"


def setuptools():
    return tomllib.loads((ANALYSIS / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_folder_of_the_package_is_named():
    folders = {path.parent.relative_to(ANALYSIS) for path in (ANALYSIS / "sojourn").rglob("*.py")}
    assert set(setuptools()["packages"]) == {".".join(folder.parts) for folder in folders}


def test_every_other_file_is_named_as_data():
    """Such as py.typed, without which type checkers do not look at the annotations of an installed package."""
    files = [path.relative_to(ANALYSIS) for path in (ANALYSIS / "sojourn").rglob("*")
             if path.is_file() and path.suffix not in (".py", ".pyc")]
    assert Path("sojourn", "py.typed") in files
    data = setuptools().get("package-data", {})
    assert [file for file in files if file.name not in data.get(".".join(file.parent.parts), [])] == []
