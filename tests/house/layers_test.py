"""The layers of sim/ hold: nothing lower includes anything higher, and each heavy library stays in one folder."""

import os
import re
from pathlib import Path

import pytest

# From the lowest to the highest. Of two on one floor neither includes the other.
FLOORS = [["base"], ["input", "scenario"], ["model"], ["engine"], ["output"], ["reading"], ["app"]]
FLOOR_OF = {layer: number for number, layers in enumerate(FLOORS) for layer in layers}
# Folders that have rooms of their own: files lie in the folder itself or one level deeper.
WITH_ROOMS = ["reading"]
# What values, model and engine must do without: they run wherever a scenario comes from.
WITHOUT_INPUT = ["scenario", "model", "engine", "output"]

# What a header of a library looks like, and which files may include it.
HEAVY = {
    "yaml-cpp": (re.compile(r"yaml-cpp/"), lambda file: file.match("sim/input/*.cpp")),
    "nlohmann": (re.compile(r"nlohmann/"), lambda file: file.match("sim/input/*.cpp")),
    "libcsv": (re.compile(r"csv\.h$"), lambda file: file.match("sim/input/*.cpp")),
    "CLI11": (re.compile(r"CLI/"), lambda file: file.match("sim/app/command_line.cpp")),
    "HDF5": (re.compile(r"hdf5(_hl)?\.h$|H5\w*\.h$"), lambda file: file.parts[1] == "output"),
    "TBB": (re.compile(r"(oneapi/)?tbb(/|\.h$)"), lambda file: file.match("sim/base/parallel.*")),
    "threads": (re.compile(r"thread$|future$|execution$"), lambda file: may_start_threads(file)),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def may_start_threads(file):
    """Work is divided by sim/base/parallel.hpp alone; the writer of output has a thread of its own beside it."""
    return file.match("sim/base/parallel.*") or file.parts[1] in ("output", "app")


def may_include(layer, other):
    if other == layer:
        return True
    if other == "input" and layer in WITHOUT_INPUT:
        return False
    return other in FLOOR_OF and FLOOR_OF[other] < FLOOR_OF[layer]


def wrong_includes(root):
    """Every include below root/sim that breaks a rule, as `file: what`."""
    wrong = []
    for path in sorted((root / "sim").rglob("*.[ch]pp")):
        file = path.relative_to(root)
        layer = file.parts[1]
        if layer not in FLOOR_OF or len(file.parts) not in ((3, 4) if layer in WITH_ROOMS else (3,)):
            wrong.append(f"{file}: not in a folder of sim/ ({', '.join(FLOOR_OF)}), or in one too deep")
            continue
        for header in INCLUDE.findall(path.read_text(encoding="utf-8")):
            if header.startswith("sim/"):
                other = header.split("/")[1]
                if not may_include(layer, other):
                    wrong.append(f"{file}: {layer} includes {header}, which is not below it")
                if not (root / header).is_file():
                    wrong.append(f"{file}: {header} does not exist")
            elif header.startswith(".") or (path.parent / header).is_file():
                wrong.append(f"{file}: {header} is not named from the root, as sim/{layer}/...")
            for library, (pattern, allowed) in HEAVY.items():
                if pattern.match(header) and not allowed(file):
                    wrong.append(f"{file}: {library} ({header}) does not belong here")
    return wrong


def test_the_public_face_is_for_strangers():
    """It includes what it promises; nothing of ours includes it."""
    root = Path(os.environ["SOJOURN_SOURCE"])
    face = (root / "sojourn" / "sojourn.hpp").read_text(encoding="utf-8")
    headers = INCLUDE.findall(face)
    assert headers and all(header.startswith("sim/") and (root / header).is_file() for header in headers)
    assert not [header for header in headers if header.startswith("sim/app/")]
    ours = [path for folder in ("sim", "bench") for path in (root / folder).rglob("*.[ch]pp")]
    assert not [path for path in ours if "sojourn/sojourn.hpp" in INCLUDE.findall(path.read_text(encoding="utf-8"))]


def test_the_layers_hold():
    assert wrong_includes(Path(os.environ["SOJOURN_SOURCE"])) == []


RIGHT = {
    "sim/base/a.hpp": "#pragma once\n#include <vector>\n",
    "sim/base/parallel.hpp": "#include <tbb/parallel_for.h>\n#include <thread>\n",
    "sim/input/a.hpp": '#include "sim/base/a.hpp"\n',
    "sim/input/a.cpp": "#include <yaml-cpp/yaml.h>\n#include <csv.h>\n",
    "sim/scenario/a.hpp": '#include "sim/base/a.hpp"\n',
    "sim/reading/a.cpp": '#include "sim/reading/room/a.hpp"\n',
    "sim/reading/room/a.hpp": '#include "sim/input/a.hpp"\n#include "sim/scenario/a.hpp"\n#include "sim/output/file.hpp"\n',
    "sim/output/file.hpp": "#include <hdf5.h>\n",
    "sim/app/command_line.cpp": '#include "sim/output/file.hpp"\n#include <CLI/CLI.hpp>\n',
}


def tree(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_right_tree_passes(tmp_path):
    assert wrong_includes(tree(tmp_path, RIGHT)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sim/base/b.hpp", '#include "sim/scenario/a.hpp"'),
        ("sim/engine/b.cpp", '#  include "sim/output/file.hpp"'),
        ("sim/model/b.hpp", '#include "sim/app/b.hpp"'),
        ("sim/model/b.cpp", '#include "sim/base/nothing.hpp"'),
        ("sim/base/b.cpp", '#include "a.hpp"'),
        ("sim/scenario/b.hpp", '#include "sim/input/a.hpp"'),
        ("sim/input/b.hpp", '#include "sim/scenario/a.hpp"'),
        ("sim/model/b.hpp", '#include "sim/input/a.hpp"'),
        ("sim/output/b.cpp", '#include "sim/input/a.hpp"'),
        ("sim/output/b.cpp", '#include "sim/reading/room/a.hpp"'),
        ("sim/reading/room/b.cpp", '#include "a.hpp"'),
        ("sim/reading/room/b.cpp", "#include <yaml-cpp/yaml.h>"),
        ("sim/reading/room/deeper/b.cpp", ""),
        ("sim/scenario/room/b.cpp", ""),
        ("sim/scenario/b.cpp", "#include <yaml-cpp/yaml.h>"),
        ("sim/input/b.hpp", "#include <yaml-cpp/yaml.h>"),
        ("sim/model/b.cpp", "#include <yaml-cpp/yaml.h>"),
        ("sim/base/b.cpp", "#include <csv.h>"),
        ("sim/app/b.cpp", "#include <nlohmann/json.hpp>"),
        ("sim/output/b.cpp", "#include <CLI/CLI.hpp>"),
        ("sim/app/b.cpp", "#include <CLI/CLI.hpp>"),
        ("sim/engine/b.cpp", "#include <hdf5.h>"),
        ("sim/engine/b.cpp", "#include <oneapi/tbb/parallel_for.h>"),
        ("sim/model/b.cpp", "#include <tbb/blocked_range.h>"),
        ("sim/engine/b.cpp", "#include <thread>"),
        ("sim/engine/deep/b.cpp", ""),
        ("sim/other/b.cpp", ""),
    ],
)
def test_a_wrong_tree_is_found(tmp_path, name, text):
    wrong = wrong_includes(tree(tmp_path, RIGHT | {name: text + "\n"}))
    assert wrong and all(line.startswith(f"{name}: ") for line in wrong)
