"""What must hold of any run, from its file alone: the scenario's text stands in the file.

Every function yields what does not hold, as a line of text.
"""

import json

import h5py
import numpy as np

ROUNDING = 1e-6
MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Run:
    """A file: its scenario, and its counts as arrays without ages, in a fixed order of dimensions."""

    def __init__(self, path):
        self.file = h5py.File(path, "r")
        self.scenario = json.loads(self.file.attrs["scenario"])
        self.variant = str(self.file.attrs["variant"])
        self.attributes = self.scenario.get("attributes", {})
        self.regions = self.labels("region")
        self.policies = [self.scenario["policies"][p] for p in self.scenario.get("variants", {}).get(self.variant, [])]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def __contains__(self, name):
        return name in self.file

    def labels(self, name):
        return [text.decode() if isinstance(text, bytes) else str(text) for text in self.file[name][()]]

    def dimensions(self, name):
        return [axis[0].name.strip("/") for axis in self.file[name].dims]

    def counts(self, name, by):
        """A variable summed over all dimensions but `by`, in that order; 0 over those that it does not have."""
        dimensions = self.dimensions(name)
        values = self.file[name][()].astype(float)
        left = tuple(i for i, d in enumerate(dimensions) if d not in by)
        kept = [d for d in dimensions if d in by]
        return values.sum(axis=left).transpose([kept.index(d) for d in by if d in kept])

    def flows(self, by):
        """Moves by interval, origin, destination, stream and the attributes of `by`, of an array or a table."""
        order = ["interval", "origin", "destination", "stream", *by]
        if "flow" in self:
            return self.counts("flow", order)
        shape = [len(self.file[d]) for d in order]
        dense = np.zeros(shape)
        places = tuple(self.file[f"flow_{d}"][()] for d in order)
        np.add.at(dense, places, self.file["flow_count"][()])
        return dense


def changed(values, run, first_axis, becomes):
    """Counts by attributes (from `first_axis` on) after all of them got the values of `becomes`."""
    for attribute, value in becomes.items():
        axis = first_axis + list(run.attributes).index(attribute)
        place = run.attributes[attribute].index(value)
        total = values.sum(axis=axis, keepdims=True)
        values = np.zeros_like(values)
        at = [slice(None)] * values.ndim
        at[axis] = slice(place, place + 1)
        values[tuple(at)] = total
    return values


def outcome_of(run, name):
    """What a label of `transitions` says of those whom it counts: `t`, `t/outcome` or `t/given_up`."""
    transition, _, outcome = name.partition("/")
    of = run.scenario["transitions"][transition]
    if not outcome:
        return of
    return of["given_up"] if outcome == "given_up" else of["outcomes"][outcome]


def balance(run):
    """Every cell changes by what happened to its people, step by step."""
    by = list(run.attributes)
    stock = run.counts("stock", ["time", "region", *by])
    change = np.zeros_like(stock[1:])
    for name, sign, kinds in (("births", 1, []), ("deaths", -1, []), ("inflow", 1, ["entry"]), ("outflow", -1, ["exit"])):
        if name in run:
            values = run.counts(name, ["interval", "region", *kinds, *by])
            change += sign * (values.sum(axis=2) if kinds else values)
    flow = run.flows(by)
    for s, stream in enumerate(run.labels("stream")):
        moves = flow[:, :, :, s]
        change -= moves.sum(axis=2)
        becomes = run.scenario["streams"][stream].get("becomes", {})
        change += changed(moves.sum(axis=1), run, 2, becomes)
    if "transitions" in run:
        made = run.counts("transitions", ["interval", "region", "transition", *by])
        for t, name in enumerate(run.labels("transition")):
            change -= made[:, :, t]
            ending = outcome_of(run, name)
            # Who leaves all regions is in `outflow`.
            change += made[:, :, t] if "leaves" in ending else changed(made[:, :, t], run, 2, ending.get("becomes", {}))
    wrong = np.abs(stock[1:] - stock[:-1] - change) > ROUNDING * (1 + stock[1:])
    if wrong.any():
        at = tuple(int(i[0]) for i in np.nonzero(wrong))
        yield f"{wrong.sum()} cells do not balance, the first at (interval, region, {by}) {at}: {(stock[1:] - stock[:-1])[at]} is not {change[at]}"
    if np.any(flow[:, range(len(run.regions)), range(len(run.regions))] != 0):
        yield "somebody moved to where they were"


def signs(run):
    """No count is negative."""
    for name, values in run.file.items():
        if isinstance(values, h5py.Dataset) and values.attrs.get("unit") == b"persons" and np.any(values[()] < 0):
            yield f"{name} is negative somewhere"


def queues(run):
    """Who joined was served, gave up, left or waits; who waits lives there."""
    if "queue" not in run:
        return
    length = run.counts("queue_length", ["time", "region", "queue"])
    made = run.counts("transitions", ["interval", "region", "transition"])
    labels = run.labels("transition")
    of_queue = [[i for i, name in enumerate(labels) if name.partition("/")[0] == q and not name.endswith("/given_up")] for q in run.labels("queue")]
    served = np.stack([made[:, :, places].sum(axis=2) for places in of_queue], axis=2)
    change = -served
    for name, sign in (("queue_requests", 1), ("queue_given_up", -1), ("queue_left", -1)):
        change = change + sign * run.counts(name, ["interval", "region", "queue"])
    if np.any(np.abs(length[1:] - length[:-1] - change) > ROUNDING * (1 + length[1:])):
        yield "a queue does not balance"
    if np.any(length > run.counts("stock", ["time", "region"])[:, :, None] + ROUNDING):
        yield "more people wait than live there"
    yield from limits(run, served)


def limit_bound(run, name, capacity):
    """The most that each office of a transition may serve in a period, whatever policies have changed, by region."""
    limit = capacity["limit"]
    changes = [change for policy in run.policies for change in policy["change"]]
    targets = [f"transitions.{name}.capacity.limit"]
    values = np.full(len(run.regions), limit if not isinstance(limit, dict) else 0.0, dtype=float)
    if isinstance(limit, dict):
        targets.append(f"factors.{limit['factor']}")
        values = np.array([run.scenario["factors"][limit["factor"]]["values"][r] for r in run.regions], dtype=float)
    for change in changes:
        if change.get("what") in targets:
            values = values * max(1, change.get("scale", 1))
    return values


def limits(run, served):
    """No office serves more in a period than its limit, nor more in all periods so far than in all."""
    days = run.file["interval"][()].astype("datetime64[D]")
    per_agent = float(run.file.attrs["persons_per_agent"])
    for q, name in enumerate(run.labels("queue")):
        capacity = run.scenario["transitions"][name].get("capacity")
        if capacity is None:
            continue  # a term
        most = limit_bound(run, name, capacity)
        by_office = served[:, :, q]
        if capacity.get("office") == "all":
            by_office, most = by_office.sum(axis=1, keepdims=True), most[:1]
        months = days.astype("datetime64[M]").astype(int)
        every = capacity["every"]
        period = np.arange(len(days)) if every == "step" else months // MONTHS[every]
        total = np.zeros_like(most)
        for count, p in enumerate(np.unique(period)):
            now = by_office[period == p].sum(axis=0)
            total = total + now
            if np.any(now > most + per_agent + ROUNDING):
                yield f"office of {name} serves {now} in period {count}, of a limit of {most}"
            if np.any(total > most * (count + 1) + ROUNDING * (1 + total)):
                yield f"office of {name} serves {total} in {count + 1} periods of a limit of {most}"


def admission(run):
    """No limit gave more than it had, and only streams and inflows that draw on limits turn anybody away."""
    limits = run.scenario.get("limits", {})
    if not limits:
        return
    names = [text.decode() if isinstance(text, bytes) else str(text) for text in run.file["limit_name"][()]]
    amount, used, lost = (run.file[f"limit_{what}"][()] for what in ("amount", "used", "lost"))
    for place, name in enumerate(names):
        limit = limits[name]
        if "occupied" in limit or "amount" not in limit:
            continue
        given = amount[:, place].cumsum()
        if np.any(used[:, place].cumsum() + lost[:, place].cumsum() > given + ROUNDING):
            yield f"limit {run.labels('limit')[place]} gave more than it had"
    for variable, section, axis in (("turned_away", "streams", "stream"), ("inflow_turned_away", "inflow", "entry")):
        if variable not in run:
            continue
        for number, name in enumerate(run.labels(axis)):
            if "draws" not in run.scenario[section][name] and np.any(run.file[variable][()][:, :, number] != 0):
                yield f"{section}.{name} draws on no limit and turned people away"


def histories(run):
    """The foreign-born, foreign citizens and those who relocated live where they are said to live."""
    stock = run.counts("stock", ["time", "region"])
    at = {int(day): i for i, day in enumerate(run.file["time"][()])}
    for name, instants in (("diaspora", "time_diaspora"), ("foreign_citizens", "time_citizenship")):
        if name not in run:
            continue
        of = run.file[name][()].sum(axis=2)
        if np.any(of > stock[[at[int(day)] for day in run.file[instants][()]]] + ROUNDING):
            yield f"{name}: more than live there"
        diagonal = range(len(run.regions))
        if np.any(run.file[name][()][:, diagonal, diagonal] != 0):
            yield f"{name}: somebody is foreign at home"
    if "relocations" not in run:
        return
    moved = run.file["relocations"][()].astype(float)
    bounds = run.file["interval_relocations_bnds"][()]
    for i, (start, end) in enumerate(bounds):
        if np.any(moved[i].sum(axis=1) > stock[at[int(start)]] + ROUNDING) or np.any(moved[i].sum(axis=0) > stock[at[int(end)]] + ROUNDING):
            yield f"relocations of interval {i}: more than lived there"
    # A move ends the step of who makes it; who entered in the step lived nowhere at its start.
    if np.array_equal(bounds, run.file["interval_bnds"][()]):
        moves = run.flows([]).sum(axis=3)
        if np.any(moved > moves + ROUNDING) or ("inflow" not in run and np.any(moved < moves - ROUNDING)):
            yield "relocations within a step are not its moves"


def closed_to_all(run, stream, origin, destination, day):
    """Whether nobody may go this way on a day, by the last door that stands there; one that opens for some is open."""
    closed = False
    for policy in run.policies:
        if not day_of(policy["from"]) <= day < day_of(policy.get("until", "9999-12-31")):
            continue
        for change in policy["change"]:
            door = change.get("close", change.get("open"))
            if door is None or stream not in door.get("streams", []):
                continue
            corridors = door.get("corridors", [{"origin": origin, "destination": destination}])
            here = {"origin": origin, "destination": destination} in corridors
            if here and origin in door.get("origins", [origin]) and destination in door.get("destinations", [destination]):
                closed = "close" in change and ("who" not in door or closed)
    return closed


def day_of(date):
    return int(np.datetime64(date, "D").astype(int))


def doors(run):
    """Where a way is closed to all on every day of an interval, nobody goes it."""
    dates = [day_of(policy[key]) for policy in run.policies for key in ("from", "until") if key in policy]
    flow = run.flows([])
    for i, (begin, end) in enumerate(run.file["interval_bnds"][()]):
        days = [begin, *(date for date in dates if begin < date < end)]
        for o, d, s in zip(*np.nonzero(flow[i]), strict=True):
            way = run.labels("stream")[s], run.regions[o], run.regions[d]
            if all(closed_to_all(run, *way, day) for day in days):
                yield f"{flow[i, o, d, s]} went by a closed way, {way}, in interval {i}"


def all_of(run):
    for check in (balance, signs, queues, admission, histories, doors):
        for line in check(run):
            yield f"{check.__name__}: {line}"


# --- two runs -----------------------------------------------------------------------------------------------------------


def same(one, other):
    """All variables of two files are equal, bit by bit."""
    names, others = (sorted(n for n, item in run.file.items() if isinstance(item, h5py.Dataset)) for run in (one, other))
    if names != others:
        yield f"one has the variables {names}, the other {others}"
        return
    for name in names:
        a, b = np.asarray(one.file[name][()]), np.asarray(other.file[name][()])
        if a.dtype != b.dtype or a.shape != b.shape:
            yield f"{name} has another type or shape"
        elif not np.array_equal(a, b) if a.dtype.kind in "OS" else a.tobytes() != b.tobytes():
            yield f"{name} differs"


def same_sums(one, other):
    """Two outputs of the same run count the same, whatever they are by."""
    for name, by in (
        ("stock", ["time", "region"]),
        ("births", ["interval", "region"]),
        ("deaths", ["interval", "region"]),
        ("transitions", ["interval", "region", "transition"]),
        ("inflow", ["interval", "region", "entry"]),
        ("outflow", ["interval", "region", "exit"]),
    ):
        if (name in one) != (name in other):
            yield f"{name} is in one file only"
        elif name in one and np.any(np.abs(one.counts(name, by) - other.counts(name, by)) > ROUNDING):
            yield f"{name} differs"
    if np.any(np.abs(one.flows([]) - other.flows([])) > ROUNDING):
        yield "flow differs"


def same_until(one, other, date):
    """Everything that lies before a date is equal, bit by bit."""
    until = int(np.datetime64(date, "D").astype(int))
    for name, item in one.file.items():
        if not isinstance(item, h5py.Dataset) or not item.dims or not item.dims[0].keys():
            continue
        axis = item.dims[0][0].name.strip("/")
        if axis.startswith("time"):
            before = one.file[axis][()] <= until
        elif axis.startswith("interval"):
            # Usual residence is known a year later.
            before = one.file[f"{axis}_bnds"][()][:, 1] <= until - (366 if axis == "interval_usual" else 0)
        else:
            continue
        a, b = item[()][before], other.file[name][()][before]
        if a.tobytes() != b.tobytes():
            yield f"{name} differs before {date}"
    before = one.file["interval_bnds"][()][:, 1] <= until
    by = list(one.attributes)
    if not np.array_equal(one.flows(by)[before], other.flows(by)[before]):
        yield f"flow differs before {date}"
