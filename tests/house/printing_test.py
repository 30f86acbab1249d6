"""What the program prints of others' texts goes through one function, so that none of them acts on a terminal."""

import os
import re
from pathlib import Path

# The progress bar prints numbers and dates of its own, and moves the cursor.
PRINTS_ITSELF = {"say.hpp", "progress.cpp"}
CPP = re.compile(r"\b(?:fmt::print|printf|puts|fputs|fwrite|fprintf)\s*\(|std::c(?:out|err|log)\b")
PYTHON = re.compile(r"(?<![\w.])print\(|std(?:out|err)\.write")


def who_prints(root):
    """Every source that prints by itself."""
    sources = [path for path in sorted((root / "sim").rglob("*.?pp")) if path.name not in PRINTS_ITSELF]
    found = [path for path in sources if CPP.search(path.read_text(encoding="utf-8"))]
    python = [path for path in sorted((root / "analysis" / "sojourn").rglob("*.py")) if path.name != "printable.py"]
    found += [path for path in python if PYTHON.search(path.read_text(encoding="utf-8"))]
    return [str(path.relative_to(root)) for path in found]


def test_nothing_is_printed_but_through_the_one_function():
    assert who_prints(Path(os.environ["SOJOURN_SOURCE"])) == []


def test_what_prints_by_itself_is_found(tmp_path):
    texts = {
        "sim/app/a.cpp": 'fmt::print("{}", title);',
        "sim/app/b.cpp": "say(stdout, title);",
        "sim/output/c.hpp": "std::cerr << title;",
        "analysis/sojourn/d.py": "print(title)",
        "analysis/sojourn/e.py": "fingerprint(title)",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert who_prints(tmp_path) == ["sim/app/a.cpp", "sim/output/c.hpp", "analysis/sojourn/d.py"]
