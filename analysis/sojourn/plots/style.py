"""What all plots share: colours, sizes, titles, and how numbers of persons are written on axes."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
import numpy as np
import xarray
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, MaxNLocator
from numpy.typing import ArrayLike

from sojourn.plots.years import instants
from sojourn.texts import label

# Okabe and Ito (2008), colours that people with any kind of colour vision tell apart, without black and yellow.
BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9"
COLOURS = [BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY]
INK, GREY, LIGHT, LAND, SEA = "#222222", "#6B6B6B", "#D9D9D9", "#E7E5E0", "#F7FAFC"

_TITLE, _SUBTITLE = 15, 10.5


@contextmanager
def style() -> Iterator[None]:
    """Settings under which a figure is made; those of the caller come back afterwards."""
    settings: dict[str, Any] = {
        "font.size": 10,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": GREY,
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 11,
        "axes.titlelocation": "left",
        "axes.titlepad": 6,
        "axes.grid": False,
        "grid.color": LIGHT,
        "grid.linewidth": 0.7,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "figure.dpi": 100,
        "savefig.dpi": 150,
        "figure.facecolor": "white",
        "legend.frameon": False,
        # Texts come from scenarios and are drawn as they stand: US$ is a currency, not the start of a formula.
        "text.parse_math": False,
        "text.usetex": False,
    }
    with matplotlib.rc_context(settings):
        yield


def new_figure(width: float, height: float, title: str, subtitle: str) -> Figure:
    """A figure of this size in inches below its titles, which stand at the left and are wrapped to the width."""
    title = _wrapped(title, int(width * 7), 4)
    subtitle = _wrapped(subtitle, int(width * 11), 6)
    above = 0.18 + 0.27 * (title.count("\n") + 1) + 0.20 * (subtitle.count("\n") + 1)
    whole = height + above
    figure = Figure(figsize=(width, whole))
    figure.set_layout_engine("constrained", rect=(0.01, 0.01, 0.98, 1 - above / whole - 0.015))
    left = 0.15 / width
    figure.text(left, 1 - 0.12 / whole, title, size=_TITLE, weight="bold", va="top")
    lower = 0.16 + 0.27 * (title.count("\n") + 1)
    figure.text(left, 1 - lower / whole, subtitle, size=_SUBTITLE, color=GREY, va="top")
    return figure


def _wrapped(text: str, width: int, lines: int) -> str:
    """At most so many lines; the end of a longer text is missing."""
    return "\n".join(textwrap.wrap(text, width, max_lines=lines, placeholder=" …")) or text


def title_of(run: xarray.Dataset) -> str:
    """The scenario's title."""
    return str(run.attrs.get("title", "Untitled scenario"))


def variant_of(run: xarray.Dataset) -> str:
    """What the variant is called; empty if the output does not say, or has several."""
    if "variant" not in run.coords or run.variant.ndim > 0:
        return ""
    return label(run, "variant", str(run.variant.item()))


def dice_of(run: xarray.Dataset) -> str:
    """`seed 3`, or `seed 3, replicate 2`: what names the random numbers of a run."""
    seed, replicate = (int(np.asarray(run.attrs.get(name, 0))) for name in ("seed", "replicate"))
    return f"seed {seed}" + (f", replicate {replicate}" if replicate else "")


def subtitle(what: str, run: xarray.Dataset, *more: str) -> str:
    """`what · variant X · seed N`, as far as the output knows, and whatever else there is to say."""
    parts = [what]
    if variant_of(run):
        parts.append(f"variant {variant_of(run)}")
    if "seed" in run.attrs:
        parts.append(dice_of(run))
    each = float(run.attrs.get("persons_per_agent", 1))
    if each != 1:
        parts.append(f"1 agent = {each:,g} persons")
    if "complete" in run.attrs and not run.attrs["complete"]:
        parts.append("incomplete run")
    return " · ".join([*parts, *more])


def day(instant: object) -> str:
    """An instant as `1 January 2010`; the month alone would hide where an interval ends."""
    date = instants(instant).astype("datetime64[D]").item()
    return f"{date.day} {date:%B} {date.year}"


def span_of(run: xarray.Dataset) -> str:
    """The whole time of the flows, `1 January 2010 to 1 January 2030`."""
    if "interval_bnds" in run.variables:
        bounds = run.interval_bnds.values
        return f"{day(bounds[0, 0])} to {day(bounds[-1, -1])}"
    return f"{day(run.time.values[0])} to {day(run.time.values[-1])}"


def persons_unit(largest: float, span: float = math.inf) -> tuple[float, str]:
    """The number that stands for 1 where numbers go up to `largest`, and its name (empty for 1).

    span: by how much the numbers differ; the unit is not so large that it would show in the third decimal only
    """
    for unit, name, least in ((1e9, "billion", 1e9), (1e6, "million", 1e6), (1e3, "thousand", 1e4)):
        if abs(largest) >= least and span >= 0.02 * unit:
            return unit, name
    return 1.0, ""


class PersonsFormatter(Formatter):
    """Ticks as multiples of a unit, with thousands separators and as many decimals as tell them apart."""

    def __init__(self, unit: float, signed: bool = False) -> None:
        self.unit = unit
        self.signed = signed
        self.decimals = 0

    def set_locs(self, locs: ArrayLike) -> None:
        super().set_locs(locs)
        steps = np.diff(np.unique(np.asarray(locs, float))) / self.unit
        step = float(steps.min()) if steps.size else 1.0
        self.decimals = next((n for n in range(7) if abs(step * 10**n - round(step * 10**n)) < 1e-6), 7)

    def __call__(self, value: float, pos: int | None = None) -> str:
        scaled = value / self.unit
        sign = "+" if self.signed and scaled > 0 else ""
        return f"{sign}{scaled:,.{self.decimals}f}".replace("-", "−")


def persons_axis(axis: Axis, low: float, high: float, signed: bool = False, ticks: int = 5) -> str:
    """Makes an axis count persons or moves in a unit that fits, whole ones at the least; returns the unit's name."""
    unit, name = persons_unit(max(abs(low), abs(high)), high - low if high > low else math.inf)
    # Ticks at fractions of a person would be nonsense.
    axis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 2.5, 5, 10], integer=True, min_n_ticks=3))
    axis.set_major_formatter(PersonsFormatter(unit, signed))
    return name


def time_axis(axis: Axis) -> None:
    """Makes the axis of dates of a small panel say years, months or days, whichever fits, and no more than needed."""
    locator = AutoDateLocator(minticks=2, maxticks=5)
    axis.set_major_locator(locator)
    formatter = ConciseDateFormatter(locator)
    formatter.offset_formats = ["", "%Y", "%Y", "%d %b %Y", "%d %b %Y", "%d %b %Y"]
    axis.set_major_formatter(formatter)


def time_panel(ax: Axes, title: str, said: str) -> None:
    """Finishes a small panel over time: its title, which is short already, a line below it in grey, the grid and the dates."""
    ax.set_title(title, weight="bold", pad=20)
    ax.text(0, 1.03, said, transform=ax.transAxes, size=8.5, color=GREY, va="bottom")
    ax.grid(axis="y")
    ax.set_axisbelow(True)
    ax.margins(x=0.02)
    time_axis(ax.xaxis)


def persons(number: float, signed: bool = False, figures: int = 3) -> str:
    """A number of persons as a text has it: `789`, `+45,600`, from a million on in a few figures, `1.23 million`."""
    unit, name = persons_unit(number) if abs(number) >= 1e6 else (1.0, "")
    scaled = number / unit
    decimals = max(0, figures - 1 - int(math.floor(math.log10(abs(scaled))))) if name else 0
    sign = "+" if signed and number > 0 else ""
    text = f"{sign}{scaled:,.{decimals}f}".replace("-", "−")
    return f"{text} {name}".strip()


def share(part: float, whole: float) -> str:
    """A change as a percentage with its sign, `+1.2 %`; empty where there is no change, or nothing to compare with."""
    if whole <= 0 or abs(part / whole) < 0.00005:
        return ""
    decimals = 1 if abs(part / whole) >= 0.001 else 2
    return f"{100 * part / whole:+,.{decimals}f} %".replace("-", "−")


def moves_label(unit: str) -> str:
    """`moves` or `moves (million)`: a quantity and its unit as an axis says it."""
    return f"moves ({unit})" if unit else "moves"


def persons_label(unit: str) -> str:
    """`persons` or `persons (million)`."""
    return f"persons ({unit})" if unit else "persons"
