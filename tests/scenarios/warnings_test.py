"""Warnings: told by validate and run, kept in the file, counted, mistakes with --strict, and silent where the scenario accepts them."""

import re
import subprocess

import pytest
import sojourn

SCENARIO = """\
sojourn: 1
title: Warnings
{accept}time: {{start: 2010-01-01, end: 2010-03-01, step: 1 month}}
regions: [AT, GR, IR]
population:
  stayers: {{values: {{AT: 8000, GR: 11000, IR: 70000}}, age: 0-99, includes_movers: false}}
  movers: {{table: stock.csv, residence: to, birth: from, count: persons, age: 20-39}}
streams: {{work: {{hazard: {{rate: 0.01 per year}}, destination: {{choose: all}}}}}}
"""
STOCK = "from,to,persons\nGR,AT,1001\nEL,AT,2400\nUK,AT,3500\nIR,GR,20\n"
TOLD = (
    "s.yaml:7:19: warning: stock.csv (movers): 2 of 4 rows and 1,021 of 6,921 persons are used; left out: 'UK' (1 row, 3,500 persons), "
    "'EL' (1 row, 2,400 persons); this may mean that the codes of the table are not those of the scenario's regions; if it is meant, "
)


@pytest.fixture(scope="module")
def command(program, tmp_path_factory):
    """A function that runs the program on the scenario, in a folder of its own."""

    def run(*options, accept=""):
        folder = tmp_path_factory.mktemp("warnings")
        (folder / "s.yaml").write_text(SCENARIO.format(accept=accept), encoding="utf-8")
        (folder / "stock.csv").write_text(STOCK, encoding="utf-8")
        done = subprocess.run([program, *options], capture_output=True, text=True, check=False, cwd=folder)
        return done, folder

    return run


def test_validate_warns_and_counts(command):
    done, _ = command("validate", "s.yaml")
    assert done.returncode == 0
    assert done.stderr.startswith(TOLD) and done.stderr.count("warning:") == 1
    assert done.stdout.startswith("s.yaml: no mistakes, 1 warning\n")


@pytest.mark.parametrize("options", [(), ("--quiet",)])
def test_run_warns_quiet_or_not_and_the_file_keeps_it(command, program, options):
    done, folder = command("run", "s.yaml", "-o", "a.h5", *options)
    assert done.returncode == 0 and TOLD in done.stderr
    assert re.search(r"^warnings +1$", done.stdout, re.MULTILINE)
    assert TOLD in done.stderr.splitlines()[0] or not options
    assert sojourn.provenance(folder / "a.h5")["warnings"].startswith(TOLD)
    info = subprocess.run([program, "info", str(folder / "a.h5")], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^warnings +1$", info, re.MULTILINE)


@pytest.mark.parametrize("word", ["validate", "run"])
def test_strict_makes_warnings_mistakes(command, word):
    done, folder = command(word, "s.yaml", "--strict")
    assert done.returncode == 2
    assert done.stderr.startswith(TOLD.replace("warning: ", "")) and "1 mistake in the input" in done.stderr
    assert not list(folder.glob("*.h5"))


@pytest.mark.parametrize("options", [(), ("--strict",)])
def test_accepted_warnings_are_counted_and_not_printed(command, options):
    accept = "accept: [table-mostly-left-out]\n"
    done, _ = command("validate", "s.yaml", *options, accept=accept)
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.startswith("s.yaml: no mistakes, 1 warning, 1 of them accepted\n")
    done, folder = command("run", "s.yaml", "-o", "a.h5", "--quiet", *options, accept=accept)
    assert done.returncode == 0 and done.stderr == ""
    assert re.search(r"^warnings +1, 1 of them accepted$", done.stdout, re.MULTILINE)
    assert sojourn.provenance(folder / "a.h5")["warnings_accepted"].endswith("; accepted [table-mostly-left-out]")


def test_warnings_are_told_beside_mistakes(command):
    done, _ = command("validate", "s.yaml", accept="sed: 1\n")
    assert done.returncode == 2
    assert "the scenario has no key 'sed'" in done.stderr and "1 mistake in the input" in done.stderr
    assert TOLD.replace("s.yaml:7:", "s.yaml:8:") in done.stderr


def test_warnings_of_the_start_are_told_kept_and_accepted_alike(program, tmp_path):
    scenario = SCENARIO.replace("0.01 per year", "9 per year").format(accept="accept: [step-too-long]\n")
    (tmp_path / "s.yaml").write_text(re.sub(r"  movers: .*\n", "", scenario), encoding="utf-8")
    told = "s.yaml:8:33: warning: stream 'work': 9 a year at the start for each person concerned; this may mean that "
    for command in (["validate", "s.yaml"], ["run", "s.yaml", "-o", "a.h5", "--quiet"]):
        done = subprocess.run([program, *command], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0 and done.stderr.startswith(told) and done.stderr.count("warning:") == 1
        assert "2 warnings, 1 of them accepted" in done.stdout or re.search(r"^warnings +2, 1 of them accepted$", done.stdout, re.MULTILINE)
    kept = sojourn.provenance(tmp_path / "a.h5")
    assert kept["warnings"].startswith(told) and "accepted [step-too-long]" in kept["warnings_accepted"]


def test_a_policy_that_spoils_a_rate_later_is_told_by_validate_and_by_the_run_of_its_variant(program, tmp_path):
    policy = """\
demography: {deaths: {rate: 0.0083 per year}}
policies: {worse: {from: 2010-02-01, change: [{what: demography.deaths.rate, set: 8.3 per year}]}}
variants: {baseline: [], bad: [worse]}
"""
    scenario = re.sub(r"  movers: .*\n", "", SCENARIO.format(accept="")) + policy
    (tmp_path / "s.yaml").write_text(scenario, encoding="utf-8")
    told = "s.yaml:9:47: warning: deaths: 8.3 a year in the step from 2010-02-01 (policy 'worse' of variant 'bad') for each person; "
    for command, is_told in ((["validate"], True), (["run", "--variant", "bad", "-o", "a.h5"], True), (["run", "-o", "b.h5", "--quiet"], False)):
        done = subprocess.run([program, command[0], "s.yaml", *command[1:]], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0 and (told in done.stderr) == is_told
        assert done.stderr.count("warning:") == int(is_told)
