"""`python3 -m sojourn plots`: which files it writes, what it prints, and its exit codes."""

import re
import subprocess
import sys

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
