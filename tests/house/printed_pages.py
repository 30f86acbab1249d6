"""Parts of pages that the program prints, between the markers `<!-- printed by: sojourn ... -->` and `<!-- end of what
is printed -->`. As a program it renews them: python3 printed_pages.py PROGRAM REPOSITORY."""

import re
import subprocess
import sys
from pathlib import Path

PAGES = ["sim/output/FORMAT.md", "scenarios/README.md"]
PART = re.compile(r"(<!-- printed by: sojourn ([^\n]*?) -->\n)(.*?)(<!-- end of what is printed -->\n)", re.DOTALL)


def renewed(text, program):
    """A page with all its printed parts as the program prints them now."""

    def part(match):
        done = subprocess.run([program, *match[2].split()], capture_output=True, text=True, check=True)
        return match[1] + done.stdout + match[4]

    return PART.sub(part, text)


def main(program, root):
    for page in PAGES:
        path = Path(root) / page
        path.write_text(renewed(path.read_text(encoding="utf-8"), program), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
