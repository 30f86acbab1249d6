"""`python3 -m sojourn plots`: which files it writes, what it prints, and its exit codes."""

import os
import re
import subprocess
import sys

import h5py
import numpy as np
import pytest

from sojourn.command import main


@pytest.fixture
def command(capsys):
    """Exit code, standard output by lines, and standard error of the command in this process."""

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out.splitlines(), captured.err

    return run


def test_it_draws_an_output_and_prints_the_paths(command, places_run, tmp_path):
    code, lines, errors = command("plots", places_run, "--out", tmp_path / "pictures")
    assert code == 0 and errors == ""
    assert lines == [str(tmp_path / "pictures" / f"places_{name}.png") for name in ("stock", "corridors", "map")]
    for line in lines:
        with open(line, "rb") as file:
            assert file.read(8) == b"\x89PNG\r\n\x1a\n"


def test_it_compares_two_variants(command, tutorial_run, tutorial_policy_run, tmp_path):
    code, lines, errors = command("plots", tutorial_run, "--compare", tutorial_policy_run, "--out", tmp_path)
    assert code == 0 and errors == ""
    assert [line.rpartition("/")[2] for line in lines] == [
        "tutorial_stock.png",
        "tutorial_corridors.png",
        "tutorial_map.png",
        "tutorial_tutorial_bus_line_stock.png",
        "tutorial_tutorial_bus_line_flow.png",
    ]


def test_a_run_with_a_life_course_gets_a_plot_of_it(command, registration_run, tmp_path):
    code, lines, errors = command("plots", registration_run, "--out", tmp_path)
    assert code == 0 and errors == ""
    assert [line.rpartition("/")[2] for line in lines][-2:] == ["registration_life.png", "registration_queues.png"]


def test_a_scenario_without_coordinates_has_no_map(command, simulate, places, tmp_path):
    text = re.sub(r", latitude: [-0-9.]+, longitude: [-0-9.]+", "", places.read_text(encoding="utf-8"))
    text = re.sub(r"  distance: .*\n", "", text).replace(", {factor: distance, as: log, coefficient: -0.8}", "")
    scenario = tmp_path / "nowhere.yaml"
    scenario.write_text(text, encoding="utf-8")
    output = simulate(scenario, tmp_path / "nowhere.h5")
    code, lines, errors = command("plots", output, "--out", tmp_path)
    assert code == 0 and len(lines) == 2
    assert "no nowhere_map.png: the regions have no coordinates" in errors


def test_it_is_a_module_that_runs(places_run, tmp_path):
    words = [sys.executable, "-m", "sojourn", "plots", str(places_run), "--regions", "DEU, Mexico"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["places_stock.png", "places_corridors.png", "places_map.png"]
    assert (tmp_path / "places_map.png").exists()


def test_what_is_wrong_is_said_with_exit_code_2(command, places_run, tutorial_run, tmp_path):
    for arguments, message in [
        ((tmp_path / "none.h5",), "none.h5: there is no such file"),
        ((places_run, "--regions", "FRA"), "no region 'FRA'"),
        ((places_run, "--compare", tutorial_run), "different regions"),
        ((places_run, "--compare", tmp_path / "none.h5"), "none.h5: there is no such file"),
    ]:
        code, _, errors = command("plots", *arguments, "--out", tmp_path)
        assert code == 2 and message in errors, arguments


def strange_files(whole, folder):
    """Files of all kinds that are no outputs, or no whole ones."""
    data = whole.read_bytes()
    random = np.random.default_rng(7)
    for number in range(12):
        yield f"cut{number}.h5", data[: int(len(data) * random.random())]
    yield "empty.h5", b""
    yield "random.h5", random.bytes(5000)
    yield "signature.h5", data[:8] + random.bytes(5000)
    for number in range(14):  # a few bytes somewhere are others: in the names and sizes, or in the numbers
        changed = bytearray(data)
        end = len(data) if number % 2 else min(len(data), 60_000)
        for place in random.integers(8, end, 8):
            changed[place] = random.integers(256)
        yield f"changed{number}.h5", bytes(changed)
    for name, fill in OTHER_FILES.items():
        with h5py.File(folder / name, "w") as file:
            fill(file)
        yield name, (folder / name).read_bytes()


def only_attributes(file):
    file.attrs.update({"sojourn_format": 1, "complete": 1, "seed": 1})


def strange_attributes(file):
    file.attrs.update({"sojourn_format": "one", "complete": "yes", "seed": [1, 2], "title": 7})
    file["stock"] = "no numbers"


OTHER_FILES = {
    "nothing.h5": lambda file: None,
    "others.h5": lambda file: file.create_dataset("x", data=[1, 2, 3]),
    "attributes.h5": only_attributes,
    "strange.h5": strange_attributes,
}


def test_no_file_ends_in_a_traceback(command, places_run, monkeypatch, tmp_path):
    """Whatever the file: pictures of what there is, or one line that says what is wrong, and exit code 2."""
    monkeypatch.setattr("matplotlib.figure.Figure.savefig", lambda figure, *_, **__: figure.draw_without_rendering())
    for name, data in strange_files(places_run, tmp_path):
        path = tmp_path / name
        path.write_bytes(data)
        for words in ("plots", path, "--out", tmp_path / "out"), ("identical", path, places_run):
            code, lines, errors = command(*words)
            assert code in (0, 1, 2), name
            assert "Traceback" not in errors and all(line.startswith("sojourn: ") for line in errors.splitlines()), (name, errors)
            if code == 2:
                said = [line for line in errors.splitlines() if "warning:" not in line]
                assert len(said) >= 1 and (str(path) in said[-1] or name in said[-1]), (name, errors)
            else:
                assert lines or code == 0, name


def test_other_wrong_paths_are_a_line(command, places_run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    for words in (("plots", tmp_path), ("plots", tmp_path / "pipe"), ("plots", places_run, "--out", tmp_path / "file"),
                  ("identical", tmp_path / "pipe", places_run), ("plots", places_run, "--compare", tmp_path)):
        code, lines, errors = command(*words)
        assert code == 2 and not lines and errors.startswith("sojourn: ") and errors.count("\n") == 1, words


def test_what_cannot_be_written_is_said_with_what_to_do(command, places_run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "places_stock.png").mkdir()
    for out, message in [
        ("/proc/x", "/proc/x: the folder for the pictures cannot be made (No such file or directory); name another with --out"),
        (tmp_path / "file", f"{tmp_path}/file: the folder for the pictures cannot be made (something else has that name); name"),
        (tmp_path / "file" / "below", "below: the folder for the pictures cannot be made (Not a directory); name another with"),
        (tmp_path / ("x" * 300), "the folder for the pictures cannot be made (File name too long); name another with --out"),
        (tmp_path, "places_stock.png: the picture cannot be written (Is a directory); name a folder that has room for it with"),
    ]:
        code, lines, errors = command("plots", places_run, "--out", out)
        assert code == 2 and not lines and message in errors and "Errno" not in errors and errors.count("\n") == 1, errors


def test_a_picture_without_room_on_the_disk_is_said(command, places_run, tmp_path):
    for name in "stock", "corridors", "map":
        (tmp_path / f"places_{name}.png").symlink_to("/dev/full")
    code, lines, errors = command("plots", places_run, "--out", tmp_path)
    assert code == 2 and not lines
    assert "places_stock.png: the picture cannot be written (No space left on device); name a folder that has room" in errors


@pytest.mark.parametrize("words", [("plots", "--out"), ("identical",)])
def test_what_could_not_be_said_is_no_success(places_run, tmp_path, words):
    run = [sys.executable, "-m", "sojourn", words[0], str(places_run), *words[1:], str(tmp_path if words[1:] else places_run)]
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(run, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "sojourn: the standard output cannot be written (No space left on device): not all was said\n"


def test_an_incomplete_output_may_be_allowed_by_an_option(command, places_run, tmp_path):
    path = tmp_path / "part.h5"
    path.write_bytes(places_run.read_bytes())
    with h5py.File(path, "r+") as file:
        file.attrs["complete"] = np.int32(0)
    code, _, errors = command("plots", path, "--out", tmp_path)
    assert code == 2 and errors.endswith("Run it again, or look at what there is with --allow-incomplete\n")
    assert command("plots", path, "--out", tmp_path, "--allow-incomplete")[0] == 0


def test_paths_that_the_system_refuses_are_told_without_its_numbers(command, places_run, tmp_path):
    long = tmp_path / ("x" * 300)
    for words in ("plots", long), ("plots", places_run, "--compare", long), ("identical", places_run, long):
        code, _, errors = command(*words)
        assert code == 2 and f"{long}: cannot be looked at (File name too long); check the path" in errors and "Errno" not in errors


def test_an_unexpected_failure_is_a_line_and_can_be_looked_into(command, places_run, monkeypatch, tmp_path):
    def fail(*_):
        raise ZeroDivisionError("first line\nsecond")

    monkeypatch.setattr("sojourn.plots.plot_top_corridors", fail)
    monkeypatch.setattr("sojourn.plots.stock_over_time", fail)
    code, _, errors = command("plots", places_run, "--out", tmp_path)
    assert code == 2 and errors.count("\n") == 1 and "ZeroDivisionError: first line second" in errors
    monkeypatch.setenv("SOJOURN_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        command("plots", places_run, "--out", tmp_path)


def test_wrong_words_are_exit_code_2():
    for words in [], ["plot"], ["plots"], ["identical", "a"], ["plots", "a", "--comp", "b"]:
        with pytest.raises(SystemExit) as end:
            main(words)
        assert end.value.code == 2


def test_help_names_the_commands(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert "plots" in text and "identical" in text
