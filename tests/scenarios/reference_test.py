"""The tables of keys in scenarios/README.md are those that the program prints. SOJOURN_REWRITE=1 writes them anew."""

import os
import re
import subprocess
from pathlib import Path

README = Path(os.environ["SOJOURN_SOURCE"]) / "scenarios/README.md"
BLOCK = re.compile(r"<!-- keys: (\w+) -->\n(.*?)<!-- end of keys -->\n", re.DOTALL)


def reference(name):
    done = subprocess.run(
        [os.environ["SOJOURN"], "schema", "--reference", name], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_tables_of_keys_are_current():
    text = README.read_text(encoding="utf-8")
    current = BLOCK.sub(lambda block: f"<!-- keys: {block[1]} -->\n{reference(block[1])}<!-- end of keys -->\n", text)
    if os.environ.get("SOJOURN_REWRITE"):
        README.write_text(current, encoding="utf-8")
        return
    assert text == current


def test_every_map_has_its_table():
    maps = re.findall(r"^## (\w+)$", reference("all"), re.MULTILINE)
    assert sorted(maps) == sorted(name for name, _ in BLOCK.findall(README.read_text(encoding="utf-8")))
