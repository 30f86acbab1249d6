"""The command line: `python3 -m sojourn plots FILE` draws an output, `identical A B` compares two."""

from __future__ import annotations

import argparse
import io
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sojourn.errors import IncompleteOutput, SojournError, Unplottable, Unwritable
from sojourn.identity import differences, other_outputs
from sojourn.paths import reason
from sojourn.printable import printable_lines, say
from sojourn.reading import open as open_output
from sojourn.texts import in_language, languages

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

IDENTICAL, DIFFERENT, NOT_SAID, UNREADABLE, INTERRUPTED = 0, 1, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a command line, after it was run: 0 done, or identical; 1 different, or not all could be said;
    2 the input is wrong, or a picture cannot be written; 130 interrupted.

    arguments:  without the name of the program; those of the process if there are none

    What goes wrong is told on the standard error, in one line. Raises SystemExit(2), as argparse does, for a command line
    that is none, and SystemExit(0) after `--help`.
    """
    options = _parser().parse_args(arguments)
    warnings.showwarning = lambda message, *_, **__: say(f"sojourn: warning: {message}", sys.stderr)
    # Beyond 2262 xarray has dates of another class; the pictures take both.
    warnings.filterwarnings("ignore", message="Unable to decode time axis into full numpy.datetime64 objects")
    try:
        code: int = options.run(options)
        with _to_standard_output():
            sys.stdout.flush()
        return code
    except (BrokenPipeError, _NotSaid) as error:
        # Python tries again at its end, and would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, _NotSaid):  # else as by `... | head`: who reads has seen enough
            say(f"sojourn: {error}", sys.stderr)
        return NOT_SAID
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # pylint: disable=broad-exception-caught
        if isinstance(error, IncompleteOutput):
            say(f"sojourn: {error.told('--allow-incomplete')}", sys.stderr)
            return UNREADABLE
        if isinstance(error, SojournError):
            say(f"sojourn: {_line(error)}", sys.stderr)
            return UNREADABLE
        # HDF5's errors are of the operating system's class, and name no file.
        if isinstance(error, OSError) and error.filename is not None:
            say(f"sojourn: {os.fsdecode(error.filename)}: cannot be read or written ({reason(error)})", sys.stderr)
            return UNREADABLE
        if os.environ.get("SOJOURN_TRACEBACK"):
            raise
        # A damaged file makes the libraries below fail in any way at any time; who looks at a picture is told in a line.
        files = " or ".join(str(getattr(options, name)) for name in ("file", "compare", "first", "second")
                            if getattr(options, name, None) is not None)
        say(f"sojourn: {files}: is damaged, or holds what cannot be shown: {type(error).__name__}: {_line(error)} "
              "(the environment variable SOJOURN_TRACEBACK=1 shows where)", sys.stderr)
        return UNREADABLE


class _NotSaid(Exception):
    """The standard output takes no more."""


@contextmanager
def _to_standard_output() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _NotSaid(f"the standard output cannot be written ({reason(error)}): not all was said") from error


def _tell(text: object) -> None:
    """Prints one line to the standard output."""
    with _to_standard_output():
        say(text)


def _line(error: BaseException) -> str:
    """What an error says, in one line."""
    return " ".join(str(error).split())


class _Parser(argparse.ArgumentParser):
    """A parser whose messages, which quote what was typed, are fit for a terminal."""

    # What argparse may print to has another type in each version of its annotations.
    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(printable_lines(message), file)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python3 -m sojourn", description="Looks at the outputs of `sojourn run`.", allow_abbrev=False
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    plots = commands.add_parser(
        "plots",
        help="draw an output, or two variants and their difference, as PNG files",
        description="Draws the stock over time, the top corridors, a map of the largest flows and (where there are births, "
        "deaths, transitions, inflow or outflow) the life course as PNG files and prints their paths. Where the regions have no coordinates there is no map, and a note says so.",
        allow_abbrev=False,
    )
    plots.add_argument("file", metavar="FILE", type=Path, help="an output of `sojourn run`")
    plots.add_argument(
        "--compare",
        metavar="FILE2",
        type=Path,
        help="also draw FILE2 minus FILE, stocks and flows: give the baseline as FILE, a policy as FILE2",
    )
    plots.add_argument("--out", metavar="DIR", type=Path, default=Path(), help="where the PNGs go (default: here)")
    plots.add_argument(
        "--regions",
        metavar="A,B",
        type=_list,
        help="regions to show over time, by code or name (default: those that change most)",
    )
    plots.add_argument(
        "--language", metavar="CODE", help="call things by this language, such as az, where the scenario says it"
    )
    plots.add_argument("--allow-incomplete", action="store_true", help="draw what an interrupted run has written")
    plots.set_defaults(run=_plots)

    identical = commands.add_parser(
        "identical",
        help="whether two outputs are identical apart from /provenance",
        description="Compares two outputs in everything that their HDF5 says: variables, dimensions, shapes, types, "
        "values bit by bit, attributes and their order; apart from the group /provenance, which holds what may differ "
        "between equal runs. Prints each difference. Exit code: 0 identical, 1 different, 2 a file cannot be read.",
        allow_abbrev=False,
    )
    identical.add_argument("first", metavar="A", type=Path)
    identical.add_argument("second", metavar="B", type=Path)
    identical.set_defaults(run=_identical)
    return parser


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _identical(options: argparse.Namespace) -> int:
    found = 0
    for line in differences(options.first, options.second):
        _tell(line)
        found += 1
    if found:
        if why := other_outputs(options.first, options.second):
            _tell(f"the two were {why}")
        _tell(f"{options.first} and {options.second} differ in {found} {'place' if found == 1 else 'places'}")
        return DIFFERENT
    _tell(f"{options.first} and {options.second} are identical (apart from /provenance)")
    return IDENTICAL


def _plots(options: argparse.Namespace) -> int:
    from sojourn import plots  # loads Matplotlib and cartopy

    with ExitStack() as files:
        run = files.enter_context(open_output(options.file, allow_incomplete=options.allow_incomplete))
        if options.language is not None:
            run = _called_in(run, options.language)
        comparison = []
        if options.compare is not None:
            # What cannot be compared is a mistake of who asked, unlike a scenario that has no coordinates: told first.
            other = files.enter_context(open_output(options.compare, allow_incomplete=options.allow_incomplete))
            if options.language is not None:
                other = in_language(other, options.language)
            comparison = _difference(options, run, other)
        stem = options.file.stem
        _make_folder(options.out)
        _save(options, f"{stem}_stock", lambda: plots.stock_over_time(run, options.regions))
        _save(options, f"{stem}_corridors", lambda: plots.plot_top_corridors(run))
        _save(options, f"{stem}_map", lambda: plots.flow_map(run))
        if plots.has_life_course(run):
            _save(options, f"{stem}_life", lambda: plots.life_course(run))
        if plots.has_queues(run):
            _save(options, f"{stem}_queues", lambda: plots.queues(run))
        for name, figure in comparison:
            _write(options.out / f"{name}.png", figure)
    return 0


def _called_in(run: xarray.Dataset, language: str) -> xarray.Dataset:
    """The output in a language; a note, if nothing is said in it."""
    known = languages(run)
    if not {language, language.partition("-")[0]} & set(known):
        what = f"only in {', '.join(known)}" if known else "in no language of its own"
        say(f"sojourn: nothing is said in {language!r} in this output, {what}", sys.stderr)
    return in_language(run, language)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "something else has that name" if isinstance(error, FileExistsError) else reason(error)
        raise Unwritable(f"{folder}: the folder for the pictures cannot be made ({why}); name another with --out") from error


def _difference(options: argparse.Namespace, run: xarray.Dataset, other: xarray.Dataset) -> list[tuple[str, Figure]]:
    """The pictures of the second minus the first, with their names."""
    from sojourn import plots

    both = f"{options.file.stem}_{options.compare.stem}"
    variables: list[Literal["stock", "flow"]] = ["stock", "flow"]
    return [(f"{both}_{name}", plots.difference(run, other, name, options.regions)) for name in variables]


def _save(options: argparse.Namespace, name: str, draw: Callable[[], Figure]) -> None:
    """Draws, saves and prints the path; where the output does not hold what the plot needs, says so and goes on."""
    path = options.out / f"{name}.png"
    try:
        figure = draw()
    except Unplottable as error:
        say(f"sojourn: no {path.name}: {error}", sys.stderr)
        return
    _write(path, figure)


def _write(path: Path, figure: Figure) -> None:
    """Saves a picture and prints its path."""
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    try:
        path.write_bytes(picture.getbuffer())
    except OSError as error:
        raise Unwritable(f"{path}: the picture cannot be written ({reason(error)}); name a folder that has room for it "
                         "with --out, one in which you may write") from error
    _tell(path)
