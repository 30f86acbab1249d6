"""What the command prints of others' texts does not act on a terminal."""

import re

import pytest

from sojourn.command import main
from sojourn.printable import printable, printable_lines

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
RAW = "\x1b]0;owned\a\x1b[31m\r\x9b2J\u202e\u2066\u200f"


def test_what_would_act_is_written_out():
    assert printable("plain, ä, 北, 👪") == "plain, ä, 北, 👪"
    assert printable("\x1b[31m\a") == r"\x1b[31m\x07"
    assert printable("a\nb\tc") == r"a\nb\tc"
    assert printable("\u202efdp") == r"\u202efdp"
    assert printable(b"\x9b31m".decode("utf-8", "surrogateescape")) == r"\udc9b31m"
    assert printable_lines("a\n\x1b[2J\n") == "a\n\\x1b[2J\n"
    assert printable(printable(RAW)) == printable(RAW)


@pytest.mark.parametrize(
    "arguments",
    [
        ["plots", RAW],
        ["plots", "--regions", RAW, RAW],
        ["identical", RAW, RAW],
        ["identical", RAW],
        [RAW],
        ["plots", "--" + RAW, "x"],
    ],
)
def test_no_argument_acts_on_the_terminal(arguments, capsys):
    try:
        assert main(arguments) == 2
    except SystemExit as end:  # as argparse ends where it cannot make sense of a command line
        assert end.code == 2
    captured = capsys.readouterr()
    assert captured.err and not ACTS.search(captured.out + captured.err)


def test_no_text_of_an_output_acts_on_the_terminal(places, simulate, tmp_path, capsys):
    text = places.read_text(encoding="utf-8")
    evil = tmp_path / "evil.yaml"
    evil.write_text(re.sub(r"^title: .*$", r'title: "\\e]0;owned\\a"', text, flags=re.MULTILINE), encoding="utf-8")
    first = simulate(places, tmp_path / "a.h5")
    second = simulate(evil, tmp_path / (RAW + ".h5"))
    assert main(["identical", str(first), str(second)]) == 1
    assert main(["plots", str(second), "--out", str(tmp_path), "--regions", RAW]) in (0, 2)
    captured = capsys.readouterr()
    assert "owned" in captured.out and not ACTS.search(captured.out + captured.err)
