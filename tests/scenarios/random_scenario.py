"""Small valid scenarios at random, over all features of the YAML.

They are written as JSON, which is YAML too, so that a reader of the output file can take its text apart again without a
library for YAML. What a scenario means is nowhere else than in that text.
"""

import datetime
import json
import random

SEXES = ("f", "m")
# Lengths of steps, and how many there are at most.
STEPS = (
    ("1 month", 12),
    ("1 month", 18),
    ("2 months", 9),
    ("1 quarter", 6),
    ("1 year", 4),
    ("1 week", 12),
    ("5 days", 12),
)
TRANSFORMS = ("identity", "log", "log1p", "sqrt")
PERIODS = {
    "1 month": ["month", "quarter", "year", "step"],
    "2 months": ["quarter", "year", "step"],
    "1 quarter": ["quarter", "year", "step"],
    "1 year": ["year", "step"],
}
STARTS = ("2010-01-01", "2011-07-01", "2012-03-01")


def date_after(start, step, count):
    """The day after `count` steps, by the calendar."""
    number, unit = step.split()
    number = int(number) * count
    year, month, day = map(int, start.split("-"))
    if unit.startswith(("day", "week")):
        days = number * (7 if unit.startswith("week") else 1)
        return (datetime.date(year, month, day) + datetime.timedelta(days)).isoformat()
    months = number * {"m": 1, "q": 3, "y": 12}[unit[0]] + month - 1
    return f"{year + months // 12:04d}-{months % 12 + 1:02d}-{day:02d}"


class Generator:
    """Makes one scenario; the tables that it needs are written beside it."""

    def __init__(self, seed, folder):
        self.random = random.Random(seed)
        self.folder = folder
        self.seed = seed
        self.factors = {}
        # Names of factors by what they vary over: everywhere, region, pair, group.
        self.over = {"everywhere": [], "region": [], "pair": [], "group": []}
        self.targets = []

    # --- chance -------------------------------------------------------------------------------------------------------

    def chance(self, share):
        return self.random.random() < share

    def pick(self, things):
        return self.random.choice(list(things))

    def some(self, things, least=1):
        things = list(things)
        chosen = self.random.sample(things, self.random.randint(min(least, len(things)), len(things)))
        return sorted(chosen, key=things.index)

    def number(self, low, high, digits=3):
        return round(self.random.uniform(low, high), digits)

    def rate(self, high):
        """A rate with a unit, at most `high` a year."""
        value = self.random.uniform(0.05, 1) * high
        if self.chance(0.2):
            return f"{value / 12:.5f} per month"
        return f"{value:.4f} per year"

    def by_attribute(self, make):
        """What `make` makes, or one for each value of an attribute, or for a citizenship and the others."""
        if self.chance(0.05):
            return {"by": self.pick(["citizenship", "birth"]), self.pick(self.codes): make(), "else": make()}
        if not self.attributes or self.chance(0.7):
            return make()
        attribute = self.pick(self.attributes)
        values = self.attributes[attribute]
        given = self.some(values) if self.chance(0.3) else values
        numbers = {"by": attribute, **{value: make() for value in given}}
        if len(given) < len(values):
            numbers["else"] = make()
        return numbers

    def table(self, name, header, rows):
        lines = [",".join(map(str, row)) for row in (header, *rows)]
        (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return name

    # --- sections -----------------------------------------------------------------------------------------------------

    def make(self):
        self.step, count = self.pick(STEPS)
        self.count = self.random.randint(max(3, count // 2), count)
        start = self.pick(STARTS)
        end = date_after(start, self.step, self.count)
        self.start, self.end = start, end
        self.of_months = self.step.split()[1].startswith(("month", "quarter", "year"))
        self.codes = ["r%d" % i for i in range(self.random.randint(2, 6))]
        scenario = {
            "sojourn": 1,
            "title": f"random scenario {self.seed}",
            "time": {"start": start, "end": end, "step": self.step},
            "seed": self.random.randint(0, 2**32 - 1),
        }
        if self.chance(0.3):
            scenario["persons_per_agent"] = self.pick([2, 10, 2.5])
        self.per_agent = scenario.get("persons_per_agent", 1)
        scenario["regions"] = self.regions()
        self.has_links = self.chance(0.4)
        if self.has_links:
            pairs = {tuple(sorted(self.random.sample(self.codes, 2))) for _ in range(len(self.codes) + 1)}
            scenario["links"] = [{"from": a, "to": b, "length": f"{self.random.randint(1, 900)} km"} for a, b in sorted(pairs)]
        self.attributes = {}
        self.people = {}
        for name, most in self.random.sample((("sex", 2), ("status", 3), ("skill", 2)), self.random.randint(0, 3)):
            values = {"sex": SEXES, "status": ("new", "known", "settled"), "skill": ("low", "high")}[name]
            self.attributes[name] = list(values[: self.random.randint(2, most)])
        if self.attributes:
            scenario["attributes"] = self.attributes
        self.has_movers = self.chance(0.5)
        self.has_inflow = self.chance(0.4)
        self.stream_names = ["s%d" % i for i in range(self.random.randint(1, 3))]
        self.transitions_planned = bool(self.attributes) and self.chance(0.6)
        self.has_births = self.chance(0.5)
        self.make_factors()
        scenario["streams"] = {name: self.stream(name) for name in self.stream_names}
        if self.chance(0.5) or self.has_births:
            scenario["demography"] = self.demography()
        if self.transitions_planned:
            scenario["transitions"] = self.transitions()
        if self.has_inflow:
            scenario["inflow"] = self.inflow()
        if self.chance(0.4):
            scenario["outflow"] = self.outflow()
        self.make_derived(scenario)
        scenario["factors"] = self.factors
        scenario["population"] = self.population()
        if self.people:
            scenario["people"] = self.people
        self.make_policies(scenario)
        scenario["output"] = self.output(scenario)
        self.add_limits(scenario)
        if self.chance(0.4):
            self.say_in_languages(scenario)
        return scenario

    def text(self):
        """A text for people, in any way in which one may be written."""
        texts = {"en": "North-East", "az": "Şimal-şərq, ığİ", "ru": "Северо-восток", "zh-Hant": "北"}
        chosen = {language: texts[language] for language in self.some(texts)}
        return self.pick([next(iter(chosen.values())), chosen])

    def say_in_languages(self, scenario):
        """Title, names of regions and labels; not of everything."""
        scenario["title"] = self.text()
        scenario["description"] = self.text()
        if isinstance(scenario["regions"], dict) and "table" not in scenario["regions"]:
            for region in scenario["regions"].values():
                region["name"] = self.text()
        labels = {}
        for section in ("factors", "streams", "transitions", "inflow", "outflow", "policies", "variants"):
            if scenario.get(section):
                labels[section] = {name: self.text() for name in self.some(scenario[section])}
        if self.attributes:
            attributes = self.some(self.attributes)
            labels["attributes"] = {
                name: {"label": self.text(), "values": {value: self.text() for value in self.some(self.attributes[name])}}
                for name in attributes
            }
        scenario["labels"] = labels

    def regions(self):
        kind = self.pick(["list", "map", "table"])
        self.has_coordinates = kind != "list"
        places = {c: (self.random.randint(-60, 70), self.random.randint(-170, 170)) for c in self.codes}
        if kind == "list":
            return self.codes
        if kind == "map":
            return {c: {"latitude": a, "longitude": b, "name": f"Region {c}"} for c, (a, b) in places.items()}
        self.table("regions.csv", ("code", "lat", "lon"), [(c, a, b) for c, (a, b) in places.items()])
        return {"table": "regions.csv", "id": "code", "latitude": "lat", "longitude": "lon"}

    def add_factor(self, over, name, definition):
        self.factors[name] = definition
        self.over[over].append(name)
        if not name.startswith(("mortality", "permits")):
            self.targets.append((f"factors.{name}", "number", over))

    def make_factors(self):
        years = range(int(self.start[:4]) - 1, int(self.end[:4]) + 2)
        value = lambda: self.number(0.5, 3)  # noqa: E731
        self.add_factor("everywhere", "world", {"value": value()})
        self.add_factor("region", "wage", {"values": {c: value() for c in self.codes}, "unit": "USD"})
        if self.attributes and self.chance(0.5):
            attribute = self.pick(self.attributes)
            self.add_factor("group", "ease", {"by": attribute, "values": {v: value() for v in self.attributes[attribute]}})
        if self.chance(0.5):
            rows = [(c, y, value()) for c in self.codes for y in years]
            self.table("yearly.csv", ("code", "year", "x"), rows)
            between = self.pick(["step", "linear"])
            columns = {"table": "yearly.csv", "region": "code", "time": "year", "value": "x"}
            self.add_factor("region", "yearly", {**columns, "between": between, "outside": "hold"})
        if self.chance(0.3):
            rows = [(c, *(value() for _ in years)) for c in self.codes]
            self.table("wide.csv", ("code", *years), rows)
            self.add_factor("region", "wide", {"table": "wide.csv", "region": "code", "time": "columns", "outside": "hold"})
        if self.chance(0.5):
            rows = [(a, b, value()) for a in self.codes for b in self.codes if a != b and self.chance(0.8)]
            self.table("pairs.csv", ("a", "b", "x"), rows or [(self.codes[0], self.codes[1], 1)])
            columns = {"table": "pairs.csv", "origin": "a", "destination": "b", "value": "x"}
            self.add_factor("pair", "near", {**columns, "missing": 0.7, "symmetric": self.chance(0.5)})
        if self.has_coordinates and self.chance(0.6):
            self.add_factor("pair", "far", {"pairs": "great_circle", "unit": "km"})
        if "sex" in self.attributes and self.chance(0.3):
            rows = [(c, s, value()) for c in self.codes for s in self.attributes["sex"]]
            self.table("by_sex.csv", ("code", "sex", "x"), rows)
            self.add_factor("group", "by_sex", {"table": "by_sex.csv", "region": "code", "sex": "sex", "value": "x"})

    def make_derived(self, scenario):
        if self.chance(0.6):
            return
        where = {"people": {"people": "all"}}
        if self.chance(0.4):
            where["people"]["lag"] = self.step
        text = "0.5 + (people / (people + 1000)) ^ 2"
        if self.chance(0.5):
            where["came"] = {"arrivals": self.step, "initial": "20 per year"}
            text += " + came / (came + 100)"
        if self.chance(0.4):
            where["abroad"] = {"foreign_born": "all"}
            text += " + log1p(abroad) / 20"
        if self.chance(0.4):
            where["before"] = {"factor": "crowd", "lag": self.step, "initial": 1}
            text = f"0.5 * before + 0.5 * ({text})"
        if scenario.get("inflow") and self.chance(0.5):
            where["entered"] = {"inflow": self.step, "initial": "0 per year"}
            text += " + entered / (entered + 50)"
        waits = [name for name, t in scenario.get("transitions", {}).items() if "capacity" in t]
        if waits:
            where["waiting"] = {"queue": waits[0]}
            text += " + waiting / (waiting + 50)"
        if scenario.get("transitions") and self.chance(0.5):
            where["changed"] = {"transitions": self.step, "initial": "5 per year"}
            text += " + changed / (changed + 50)"
        if waits and self.chance(0.5):
            where["asked"] = {"requests": self.step, "named": waits[0], "initial": "0 per year"}
            text += " + asked / (asked + 50)"
        for event in scenario.get("demography", {}):
            if self.chance(0.3):
                where[event] = {event: self.step, "initial": "10 per year"}
                text += f" + {event} / ({event} + 50)"
        self.add_factor("region", "crowd", {"expression": text, "unit": "1", "where": where})
        for name, stream in scenario["streams"].items():
            if self.chance(0.5):
                stream["hazard"].setdefault("push", []).append({"factor": "crowd", "name": "crowding", "coefficient": self.number(-0.5, 0.5)})
                self.targets.append((f"streams.{name}.hazard.push.crowding", "number", "region"))

    def ages(self):
        return self.pick(["15-64", "20-39", "0-29", "60+", "18+"])

    def who(self, residence=True, foreign_born=True):
        who = {}
        if self.attributes and self.chance(0.3):
            attribute = self.pick(self.attributes)
            who[attribute] = self.some(self.attributes[attribute])
        if self.chance(0.4):
            who["age"] = self.ages()
        if residence and self.chance(0.25):
            who["residence"] = self.some(self.codes)
        if foreign_born and self.chance(0.15) and (self.has_movers or self.has_inflow):
            who["foreign_born"] = self.chance(0.5)
        if self.chance(0.1):
            who[self.pick(["citizenship", "birth"])] = self.of_ties(foreign_born)
        if self.chance(0.2):
            who["not"] = self.others(who, residence)
        return who

    def of_ties(self, residence):
        """Regions of birth or citizenship, one's own, or all others than these."""
        named = "residence" if residence and self.chance(0.4) else self.some(self.codes)
        return {"not": named} if self.chance(0.4) else named

    def perhaps_by_name(self, who):
        """People under a name of their own, now and then."""
        if not self.chance(0.2):
            return who
        name = f"people{len(self.people)}"
        self.people[name] = who
        return {"people": name} if self.chance(0.5) else name

    def others(self, who, residence):
        """People of one kind, so that whom they leave can always be said."""
        kinds = [{"age": "0-14"}, {"age": "70+"}]
        if residence and len(self.codes) > 1 and "residence" not in who:
            kinds.append({"residence": self.pick(self.codes)})
        for attribute, values in self.attributes.items():
            if len(values) > 2 and attribute not in who:
                kinds.append({attribute: self.pick(values)})
        return self.pick(kinds)

    def stay(self):
        return [{"from": "0 years", "ratio": self.number(0, 3)}, {"from": "2 years", "ratio": self.number(0.1, 3)}]

    def schedule(self):
        return self.pick(
            [
                "flat",
                "rogers_castro",
                {"rogers_castro": "standard", "over": "everybody"},
                {"rogers_castro": "standard", "over": {"values": {"0-14": 25, "15": 65, "65-99": 10}}},
                # In a region of a few people, or of nobody, a mean of its own is refused.
                {"rogers_castro": "standard", "over": "region" if self.chance(0.2) else "everybody"},
                {"values": {"0": 0.5, "15": 2, "65": 0.3}, "over": self.pick(["everybody", "as_given", {"values": {"0-99": 1}}])},
            ]
        )

    def push_terms(self, key, places="region"):
        terms = []
        for factor in self.some(self.over["region"] + self.over["everywhere"] + self.over["group"], 0)[:2]:
            coefficient = self.by_attribute(lambda: self.number(-0.4, 0.4))
            term = {"factor": factor, "as": self.pick(TRANSFORMS), "coefficient": coefficient}
            if self.chance(0.3):
                # A logarithm of a change exists nowhere where there is none.
                term["measure"] = self.pick(["change_from_start", "ratio_to_start"])
                if term["measure"] == "change_from_start":
                    term["as"] = "identity"
            terms.append(term)
            self.targets.append((f"{key}.{factor}", "number", places))
        return terms

    def pull_terms(self, name, has_attraction):
        terms = []
        key = f"streams.{name}.destination.pull"
        for factor in self.some(self.over["region"] + self.over["pair"], 0)[:2]:
            coefficient = self.by_attribute(lambda: self.number(-0.5, 0.9))
            term = {"factor": factor, "as": self.pick(TRANSFORMS), "coefficient": coefficient}
            if factor == "far":
                term["as"] = "log1p"
                term["coefficient"] = -0.3
            elif factor in self.over["region"] and self.chance(0.4):
                term["compare"] = self.pick(["difference", "ratio"])
                if term["compare"] == "difference":
                    term["as"] = "identity"
            elif factor in self.over["pair"] and self.chance(0.3):
                term.update({"of": "citizenship", "own": 1, "outside": 0.5})
            terms.append(term)
            self.targets.append((f"{key}.{factor}", "number", "pair"))
        if (self.has_movers or self.has_inflow or self.chance(0.5)) and self.chance(0.4):
            terms.append({"diaspora": "stock", "as": self.pick(["log1p", "sqrt"]), "coefficient": self.number(0.01, 0.3)})
            if self.chance(0.3):
                terms[-1]["measure"] = {"ratio_to": self.pick(["wage", "world"])}
            self.targets.append((f"{key}.diaspora", "number", "pair"))
        if not has_attraction and self.chance(0.3):
            terms.append({"home": self.number(0, 2)})
            self.targets.append((f"{key}.home", "number", "pair"))
        return terms

    def hazard_rate(self, high, key):
        rate = self.by_attribute(lambda: self.rate(high))
        self.targets.append((key, "rate", "region"))
        return rate

    def stream(self, name):
        choose = self.pick(["all", "all", "all", "listed"] + (["neighbours"] if self.has_links else []) + (["birth"] if self.has_movers else []))
        hazard = {"rate": self.hazard_rate(0.5, f"streams.{name}.hazard.rate")}
        has_attraction = choose in ("all", "listed") and self.chance(0.4)
        if self.chance(0.4):
            hazard["age"] = self.schedule()
        if self.chance(0.25):
            hazard["stay"] = self.stay()
        push = self.push_terms(f"streams.{name}.hazard.push")
        if push:
            hazard["push"] = push
        destination = {"choose": self.some(self.codes, 2) if choose == "listed" else choose}
        if has_attraction:
            hazard["attraction"] = self.by_attribute(lambda: self.number(0, 1))
            self.targets.append((f"streams.{name}.hazard.attraction", "number", "region"))
        if choose != "birth":
            pull = self.pull_terms(name, has_attraction)
            if pull:
                destination["pull"] = pull
            if choose == "all" and len(self.codes) > 2 and self.chance(0.3):
                destination["nests"] = {"near": {"regions": self.codes[:2], "dissimilarity": self.number(0.2, 1)}}
        stream = {"hazard": hazard, "destination": destination}
        who = self.who()
        if choose == "birth":
            who = {"foreign_born": True}
        if who:
            stream["who"] = self.perhaps_by_name(who)
        if self.attributes and self.chance(0.4):
            attribute = self.pick(self.attributes)
            stream["becomes"] = {attribute: self.pick(self.attributes[attribute])}
        return stream

    def demography(self):
        demography = {}
        if self.has_births:
            births = {"rate": self.by_attribute(lambda: self.rate(0.06))}
            self.targets.append(("demography.births.rate", "rate", "region"))
            if self.chance(0.5):
                births["who"] = self.perhaps_by_name(self.who(foreign_born=False))
            if self.attributes:
                births["newborn"] = {a: self.pick(["inherit", v[0], {x: self.random.randint(1, 5) for x in v}]) for a, v in self.attributes.items()}
            demography["births"] = births
        if self.chance(0.8) or not demography:
            if self.chance(0.5):
                rows = [(c, a, self.number(0.001, 0.02)) for c in self.codes for a in ("0", "1-59")]
                rows += [(c, "60+", self.number(0.02, 0.1)) for c in self.codes]
                self.table("mortality.csv", ("code", "age", "mx"), rows)
                self.factors["mortality"] = {"table": "mortality.csv", "region": "code", "age": "age", "value": "mx", "unit": "per year"}
                self.targets.append(("factors.mortality", "scale", "region"))
                demography["deaths"] = {"rate": {"factor": "mortality"}}
                self.targets.append(("demography.deaths.rate", "scale", "region"))
            else:
                demography["deaths"] = {"rate": self.by_attribute(lambda: self.rate(0.05))}
                self.targets.append(("demography.deaths.rate", "rate", "region"))
                terms = self.push_terms("demography.deaths.factors")
                if terms:
                    demography["deaths"]["factors"] = terms
        return demography

    def capacity(self, name):
        # A step may not be longer than the period.
        capacity = {"limit": self.random.randint(0, 60), "every": self.pick(PERIODS.get(self.step, ["month", "step"]))}
        if capacity["every"] != "step" and self.chance(0.3):
            factor = f"permits_{name}"
            self.factors[factor] = {"values": {c: self.number(0, 40, 1) for c in self.codes}, "unit": f"persons per {capacity['every']}"}
            capacity["limit"] = {"factor": factor}
            self.targets.append((f"factors.{factor}", "scale", "region"))
            self.targets.append((f"transitions.{name}.capacity.limit", "scale", "region"))
        else:
            self.targets.append((f"transitions.{name}.capacity.limit", "scale", "region"))
        if self.chance(0.4) and not isinstance(capacity["limit"], dict):
            capacity["office"] = "all"
        if self.chance(0.4):
            capacity["spread"] = "even"
        if self.chance(0.5):
            attribute = self.pick(self.attributes)
            capacity["priority"] = [{attribute: self.attributes[attribute][0]}]
            if self.chance(0.5):
                capacity["priority"].insert(self.random.randint(0, 1), {"age": self.ages()})
        if self.chance(0.5):
            capacity["give_up"] = self.rate(2)
            self.targets.append((f"transitions.{name}.capacity.give_up", "rate", "region"))
        if self.chance(0.3):
            capacity["takes"] = self.time()
        if self.chance(0.3):
            capacity["deadline"] = self.time()
        return capacity

    def time(self):
        return self.pick(["3 days", "45 days", "5 weeks", "1 month", "4 months", "1 year"])

    def clock(self, name):
        """What nothing is drawn for: a term, or a queue that all join at once."""
        attribute = self.pick(self.attributes)
        values = self.random.sample(self.attributes[attribute], 2)
        transition = {"who": {attribute: values[0]}, "becomes": {attribute: values[1]}}
        if self.chance(0.6):
            return {**transition, "after": self.time()}
        return {**transition, "rate": "at once", "capacity": self.capacity(name)}

    def transitions(self):
        transitions = {}
        for i in range(self.random.randint(1, 3)):
            name = f"t{i}"
            if self.chance(0.25):
                transitions[name] = self.clock(name)
                continue
            attribute = self.pick(self.attributes)
            transition = {"becomes": {attribute: self.pick(self.attributes[attribute])}, "rate": self.hazard_rate(1, f"transitions.{name}.rate")}
            who = self.who()
            who.pop(attribute, None)
            if who:
                transition["who"] = self.perhaps_by_name(who)
            if self.chance(0.2):
                transition["age"] = self.schedule()
            terms = self.push_terms(f"transitions.{name}.factors")
            if terms:
                transition["factors"] = terms
            if self.chance(0.2):
                transition["becomes"] = {a: self.pick(self.attributes[a]) for a in self.attributes}
                transition["becomes"][attribute] = self.pick(self.attributes[attribute])
            if self.chance(0.2):
                transition["citizenship"] = "residence"
            if self.chance(0.4):
                transition["outcomes"] = self.outcomes(name, transition.pop("becomes"), transition.pop("citizenship", None))
            if self.chance(0.6):
                transition["capacity"] = self.capacity(name)
            elif self.chance(0.2):
                transition["stay"] = self.stay()
            if "give_up" in transition.get("capacity", {}) and self.chance(0.5):
                transition["given_up"] = {"becomes": {attribute: self.pick(self.attributes[attribute])}} if self.chance(0.6) else {"leaves": "outside"}
            transitions[name] = transition
        return transitions

    def outcomes(self, name, becomes, citizenship):
        """What a decision comes to: the first outcome changes people, and has a weight above 0."""
        outcomes = {"o0": {"weight": self.number(0.1, 2, 2), "becomes": becomes}}
        if citizenship:
            outcomes["o0"]["citizenship"] = citizenship
        for i in range(1, self.random.randint(1, 4)):
            attribute = self.pick(self.attributes)
            weight = self.number(0, 2, 2)
            if self.chance(0.3):
                weight = {"by": attribute, self.attributes[attribute][0]: weight, "else": self.number(0, 2, 2)}
            elif self.chance(0.3):
                factor = f"weight_{name}_{i}"
                self.factors[factor] = {"values": {c: self.number(0, 3, 1) for c in self.codes}}
                weight = {"factor": factor}
            outcome = {"weight": weight}
            if self.chance(0.5):
                outcome["becomes"] = {attribute: self.pick(self.attributes[attribute])}
            elif self.chance(0.5):
                outcome["leaves"] = "outside"
            outcomes[f"o{i}"] = outcome
            self.targets.append((f"transitions.{name}.outcomes.o{i}.weight", "scale", "region"))
        return outcomes
    def add_limits(self, scenario):
        """Limits on which streams and inflows draw: chosen last, so that all else is as it would be without."""
        if not self.chance(0.4):
            return
        limits = {}
        for i in range(self.random.randint(1, 3)):
            limit = {"amount": self.random.randint(0, 80), "every": self.pick(["step", "day", "month", "quarter", "year"])}
            if self.chance(0.4):
                limit["for_each"] = self.pick(["region", "citizenship", "pair"])
            limits[f"l{i}"] = limit
        if self.chance(0.4):
            limits["places"] = {"amount": self.random.randint(20, 400), "unit": "places", "occupied": {"residence": self.some(self.codes)}}
        if self.chance(0.3):
            limits["fees"] = {"unit": "AZN"}
        if "l1" in limits and limits["l1"].get("for_each") == limits["l0"].get("for_each"):
            limits["l1"]["unused"] = "l0"
        for name, stream in scenario["streams"].items():
            if not self.chance(0.7):
                continue
            stream["draws"] = {limit: 1 if limit == "places" else self.number(0.5, 3, 1) for limit in self.some(limits)}
            others = [other for other in scenario["streams"] if other != name and self.chooses(scenario["streams"][other])]
            if self.chooses(stream) and self.chance(0.3):
                stream["otherwise"] = "next_choice"
            elif others and self.chance(0.4):
                stream["otherwise"] = {"stream": self.pick(others), "share": self.number(0, 1, 2)}
        for entry in scenario.get("inflow", {}).values():
            drawn = [limit for limit in limits if limits[limit].get("for_each") != "pair"]
            if drawn and self.chance(0.4):
                entry["draws"] = {limit: 1 for limit in self.some(drawn)}
        scenario["limits"] = limits

    @staticmethod
    def chooses(stream):
        return stream["destination"]["choose"] not in ("birth", "previous")

    def inflow(self):
        inflow = {}
        for i in range(self.random.randint(1, 2)):
            name = f"i{i}"
            kind = self.pick(["rate", "number"])
            entry = {kind: f"{self.random.randint(0, 400)} per year", "age": self.pick(["20-39", "0-59", {"18-24": 2, "25-44": 5}])}
            self.targets.append((f"inflow.{name}.{kind}", "rate", "region"))
            if self.chance(0.4):
                entry["into"] = self.some(self.codes)
            for attribute, values in self.attributes.items():
                entry[attribute] = self.pick([values[0], {v: self.random.randint(1, 3) for v in values}])
            if self.chance(0.3):
                entry["born"] = self.pick(["outside", *self.codes])
            inflow[name] = entry
        return inflow

    def outflow(self):
        outflow = {}
        for i in range(self.random.randint(1, 2)):
            name = f"o{i}"
            outflow[name] = {"rate": self.hazard_rate(0.2, f"outflow.{name}.rate")}
            who = self.who()
            if who:
                outflow[name]["who"] = self.perhaps_by_name(who)
            terms = self.push_terms(f"outflow.{name}.factors")
            if terms:
                outflow[name]["factors"] = terms
        return outflow

    def population(self):
        people = {c: self.pick([0, 30, 200, 1000, 3000]) for c in self.codes}
        people[self.codes[0]] = 1000
        shares = {a: self.pick([v[0], {x: self.random.randint(1, 4) / 10 for x in v}]) for a, v in self.attributes.items()}
        for attribute, share in shares.items():
            if isinstance(share, dict):
                total = sum(share.values())
                shares[attribute] = {v: s / total for v, s in share.items()}
        if self.chance(0.5):
            stayers = {"values": people, "age": self.pick(["0-79", "20-59", "0-99"]), **shares}
        else:
            ages = [(c, a, round(n * s, 2)) for c, n in people.items() for a, s in (("0-14", 0.2), ("15-39", 0.5), ("40-84", 0.3))]
            self.table("people.csv", ("code", "age", "n"), ages)
            stayers = {"table": "people.csv", "region": "code", "age": "age", "count": "n", **shares}
        population = {"stayers": stayers}
        if self.has_movers:
            rows = [(a, b, self.pick([0, 5, 40.5, 300])) for a in self.codes for b in self.codes if a != b]
            rows[0] = (*rows[0][:2], 200)
            self.table("movers.csv", ("dest", "orig", "n"), rows)
            movers = {"table": "movers.csv", "residence": "dest", "birth": "orig", "count": "n", "age": "20-59", **shares}
            movers["arrived"] = self.pick([{"law": "uniform", "over": "10 years"}, {"law": "exponential", "mean": "4 years"}])
            if self.chance(0.3):
                movers["citizenship"] = {"same_as": "residence"}
            stayers["includes_movers"] = False
            population["movers"] = movers
        return population

    # --- policies and output ------------------------------------------------------------------------------------------

    def change(self):
        what, kind, places = self.pick(self.targets)
        change = {"what": what}
        action = self.pick(["set", "add", "scale", "scale"]) if kind != "scale" else "scale"
        if action == "scale":
            change["scale"] = self.pick([0, 0.5, 1, 1.5, 2]) if kind != "number" else self.pick([0.5, 1.2])
        elif kind == "rate":
            change[action] = self.rate(0.1)
        else:
            change[action] = self.number(0.3, 0.9)
        if self.chance(0.3):
            change["ramp"] = self.pick(["2 months", "60 days", "1 year"])
        if places in ("region", "pair") and self.chance(0.5):
            narrow = self.pick(["regions"] if places == "region" else ["regions", "origins", "destinations", "both", "corridors"])
            if narrow == "corridors":
                a, b = self.random.sample(self.codes, 2)
                change["corridors"] = [{"origin": a, "destination": b}]
            elif narrow == "both":
                change["origins"], change["destinations"] = [self.codes[0]], [self.codes[1]]
            else:
                change[narrow] = self.some(self.codes)
        return change

    def door(self, scenario):
        """Ways that somebody could go, narrowed where that is certain."""
        if scenario.get("outflow") and self.chance(0.2):
            return {"outflow": self.some(scenario["outflow"])}
        if scenario.get("inflow") and self.chance(0.2):
            return {"inflow": self.some(scenario["inflow"])}
        name = self.pick(self.stream_names)
        stream = scenario["streams"][name]
        door = {"streams": [name]}
        if "who" in stream or stream["destination"].get("choose", "all") != "all":
            return door
        narrow = self.pick(["nothing", "origins", "destinations", "both", "corridors"])
        if narrow == "corridors":
            a, b = self.random.sample(self.codes, 2)
            door["corridors"] = [{"origin": a, "destination": b}]
        elif narrow == "both":
            door["origins"], door["destinations"] = [self.codes[0]], [self.codes[1]]
        elif narrow != "nothing":
            door[narrow] = self.some(self.codes)
        if self.attributes and self.chance(0.4):
            attribute = self.pick(self.attributes)
            door["who"] = {attribute: self.pick(self.attributes[attribute])}
        return door

    def make_policies(self, scenario):
        if self.chance(0.25):
            return
        policies = {}
        # Each begins after the one before it: of two that set the same number the later one takes over.
        for i, begin in enumerate(sorted(self.random.sample(range(self.count), self.random.randint(1, 3)))):
            policy = {"from": date_after(self.start, self.step, begin)}
            if self.chance(0.3) and begin + 1 < self.count:
                policy["until"] = date_after(self.start, self.step, self.random.randint(begin + 1, self.count - 1))
            policy["change"] = [self.change() for _ in range(self.random.randint(1, 2))]
            if self.chance(0.4):
                policy["change"].append({self.pick(["close", "close", "open"]): self.door(scenario)})
            policies[f"p{i}"] = policy
        scenario["policies"] = policies
        names = list(policies)
        scenario["variants"] = {"baseline": [], "all": names}
        if len(names) > 1:
            scenario["variants"]["one"] = names[:1]

    def output(self, scenario):
        attributes = list(self.attributes)
        output = {"stocks": ["region", *attributes], "flows": ["origin", "destination", "stream", *attributes]}
        if self.chance(0.2):
            output["stocks"].insert(1, "age")
        if self.chance(0.2):
            output["flows"].append("age")
        if self.chance(0.4):
            output["flow_layout"] = self.pick(["dense", "table"])
        if self.chance(0.3):
            output["factors"] = "all"
        if "age" in output["stocks"] + output["flows"] and self.chance(0.5):
            output["ages"] = self.pick([[0, 15, 25, 65], "10 years"])
        if self.chance(0.3):
            output["diaspora"] = self.step
        if self.chance(0.3):
            output["citizenship"] = self.step
        if self.chance(0.3) and self.step == "1 year":
            output["relocations"] = "1 year"
        elif self.chance(0.3) and not self.has_births:
            output["relocations"] = self.step
        if self.of_months and self.chance(0.2):
            output["usual_residence"] = "1 year" if self.step == "1 year" else self.step
        return output


def write(seed, folder):
    """Writes scenario.yaml and its tables into a folder, and gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    scenario = Generator(seed, folder).make()
    path = folder / "scenario.yaml"
    path.write_text(json.dumps(scenario, indent=1), encoding="utf-8")
    return path
