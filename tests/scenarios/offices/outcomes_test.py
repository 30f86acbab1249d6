"""Outcomes of one decision: the numbers of the page, what is pending to the person, and the shares of outcomes."""

import math

import pytest

import sojourn

ENDINGS = ["decide/recognised", "decide/refused", "decide/closed", "decide/given_up"]


@pytest.fixture(scope="module")
def run(simulate, source, tmp_path_factory):
    return sojourn.open(simulate(source / "scenarios" / "offices" / "outcomes.yaml", tmp_path_factory.mktemp("outcomes") / "outcomes.h5"))


def test_the_numbers_of_the_readme(run, source):
    page = (source / "scenarios" / "offices" / "README.md").read_text(encoding="utf-8")
    made = run.transitions.sum(["region", "status"])
    pending = run.queue_length.sum(["region", "queue"]).values
    requests = run.queue_requests.sum(["region", "queue"]).values
    for i, year in enumerate(range(2025, 2029)):
        endings = [int(made.isel(interval=i).sel(transition=name).sum()) for name in ENDINGS]
        assert pending[i + 1] == pending[i] + requests[i] - sum(endings)
        shares = []
        for people in ("war", "elsewhere"):
            of = made.isel(interval=i).sel({"from": people})
            shares.append(f"{100 * float(of.sel(transition=ENDINGS[0]) / of.sel(transition=ENDINGS[:3]).sum()):.1f} %")
        row = f"| {year} | {pending[i]:,.0f} | {requests[i]:,.0f} | " + " | ".join(f"{n:,}" for n in endings) + f" | {shares[0]} | {shares[1]} |"
        assert row in page, row


@pytest.mark.parametrize(("people", "shares"), [("war", [0.6, 0.3, 0.1]), ("elsewhere", [0.1, 0.8, 0.1])])
def test_outcomes_come_in_proportion_to_their_weights(run, people, shares):
    made = run.transitions.sel({"from": people}).sum(["interval", "region", "status"])
    decided = int(made.sel(transition=ENDINGS[:3]).sum())
    for name, share in zip(ENDINGS, shares):
        assert abs(int(made.sel(transition=name)) - share * decided) < 5 * math.sqrt(decided * share * (1 - share)), name


def test_who_leaves_by_an_outcome_is_in_the_outflow(run):
    left = run.outflow.sel(exit="decide/closed").sum(["region", "status", "from"])
    assert (left == run.transitions.sel(transition="decide/closed").sum(["region", "status", "from"])).all()
