"""tests/ mirrors sim/ file by file: x.cpp of a folder has x_test.cpp in the folder of the same name."""

import os
from pathlib import Path


def without_test(root):
    """Every source of the library that has no test file. The program is tested by whole runs (tests/scenarios)."""
    return [
        str(path.relative_to(root))
        for path in sorted((root / "sim").rglob("*.cpp"))
        if path.parent.name != "app"
        and not (root / "tests" / path.parent.relative_to(root / "sim") / f"{path.stem}_test.cpp").is_file()
    ]


def test_every_source_has_its_test():
    assert without_test(Path(os.environ["SOJOURN_SOURCE"])) == []


def test_a_missing_test_is_found(tmp_path):
    for name in ["sim/base/a.cpp", "sim/base/b.cpp", "sim/app/main.cpp", "tests/base/a_test.cpp"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert without_test(tmp_path) == ["sim/base/b.cpp"]
