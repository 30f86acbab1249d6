"""Pages can be read side by side: no line of prose is longer than 160 characters. Rows of tables cannot be broken, nor can pictures."""

import os
from pathlib import Path

SOURCE = Path(os.environ["SOJOURN_SOURCE"])


def test_no_line_of_prose_is_long():
    pages = [path for path in SOURCE.rglob("*.md") if not {"build", "node_modules"} & set(path.relative_to(SOURCE).parts)]
    assert len(pages) > 8
    long = [
        f"{page.relative_to(SOURCE)}:{number}"
        for page in pages
        for number, line in enumerate(page.read_text(encoding="utf-8").split("\n"), 1)
        if len(line) > 160 and not line.lstrip().startswith(("|", "!["))
    ]
    assert long == []
