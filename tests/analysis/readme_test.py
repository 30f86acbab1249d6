"""The code in analysis/README.md runs as it stands, in its order, beside outputs of the names that it uses."""

import re
import shutil

import pytest


def blocks(source):
    text = (source / "analysis" / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)


def test_every_example_runs(source, tutorial_run, tutorial_policy_run, tmp_path, monkeypatch):
    shutil.copy(tutorial_run, tmp_path / "baseline.h5")
    shutil.copy(tutorial_policy_run, tmp_path / "bus_line.h5")
    monkeypatch.chdir(tmp_path)
    names = {}
    found = blocks(source)
    assert len(found) == 5
    for block in found:
        exec(compile(block, "README.md", "exec"), names)  # pylint: disable=exec-used
    assert {path.name for path in tmp_path.glob("*.png")} == {
        "stock.png", "two.png", "corridors.png", "map.png", "difference.png", "moves.png"
    }


@pytest.mark.parametrize("word", ["plots", "identical"])
def test_every_command_is_named(source, word):
    text = (source / "analysis" / "README.md").read_text(encoding="utf-8")
    assert f"python3 -m sojourn {word}" in text
