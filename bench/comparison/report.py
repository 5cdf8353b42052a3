"""Write the results as tables to the terminal and README.md, and as JSON."""

import json
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import psutil

from bench.paths import DATA, ROOT

README = ROOT / "bench" / "README.md"
BEGIN_MARK, END_MARK = "<!-- results -->", "<!-- end of results -->"


@dataclass
class Goal:
    text: str
    value: str
    is_met: bool

    def __str__(self):
        return f"- {'met' if self.is_met else '**not met**'}: {self.text}: {self.value}"


@dataclass
class Group:
    """Figures that are compared with the first of them."""

    title: str
    figures: list
    goals: list = field(default_factory=list)
    missing: str = ""  # why figures are missing

    def ratio(self, name):
        """Return the cost of `name` relative to the first figure, or None if it wasn't measured."""
        costs = (figure.cost for figure in self.figures if figure.name == name)
        return next((cost / self.figures[0].cost for cost in costs), None)

    def at_least(self, text, value, minimum):
        """Add a goal, unless the value wasn't measured."""
        if value is not None:
            self.goals.append(Goal(text, format_number(value), value >= minimum))

    def at_most(self, text, value, maximum):
        if value is not None:
            self.goals.append(Goal(text, format_number(value), value <= maximum))

    def cheaper_peers(self):
        """Return a list of the peers that cost less than our first figure."""
        if not self.figures:
            return ""
        first, *others = self.figures
        cheaper = [f for f in others if f.cost < first.cost and not f.is_ours] if first.is_ours else []
        return "".join(
            f"- cheaper than {first.name}: {f.name}, at {f.cost / first.cost:,.2f} of the cost\n"
            for f in cheaper
        )

    def table(self):
        lines = [
            "| | CPU per request | per second and core | relative cost | p99 | |",
            "|---|--:|--:|--:|--:|---|",
        ]
        for figure in self.figures:
            within = f"{figure.p99:,.1f} ms" if figure.p99 else ""
            lines.append(
                f"| {figure.name} | {format_time(figure.cost)} | {format_number(figure.rate)}"
                f" | {figure.cost / self.figures[0].cost:,.2f} | {within} | {figure.note} |"
            )
        return "\n".join(lines)

    def __str__(self):
        parts = [f"### {self.title}", self.missing, self.table() if self.figures else ""]
        goals = "\n".join([*map(str, self.goals), self.cheaper_peers()])
        return "\n\n".join([*filter(None, parts), goals]).rstrip()


def format_time(microseconds):
    return f"{microseconds:,.0f} µs" if microseconds < 1000 else f"{microseconds / 1000:,.1f} ms"


def format_number(value):
    return f"{value:,.0f}" if value >= 10 else f"{value:,.2f}"


def conditions(size, versions):
    memory = round(psutil.virtual_memory().total / 2**30)
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "size": size,
        "machine": f"{psutil.cpu_count()} cores, {memory} GB, {platform.system()} {platform.machine()}",
        "load": round(psutil.getloadavg()[2], 1),
        "versions": {"Python": platform.python_version(), **versions},
    }


def describe(conditions):
    versions = ", ".join(f"{name} {version}" for name, version in conditions["versions"].items())
    return (
        f"Measured on {conditions['date']} with {conditions['size']:,} inquiries, on {conditions['machine']}"
        f" (load average before: {conditions['load']}). {versions}."
    )


def write(conditions, groups, *, into_readme):
    file = DATA / "results.json"
    file.write_text(json.dumps({**conditions, "groups": [asdict(group) for group in groups]}, indent=1))
    text = "\n\n".join([describe(conditions), *map(str, groups)])
    print(f"\n{describe(conditions)}\nThe results are in {file}.")
    if into_readme:
        before, _, rest = README.read_text().partition(BEGIN_MARK)
        README.write_text(f"{before}{BEGIN_MARK}\n\n{text}\n\n{END_MARK}{rest.partition(END_MARK)[2]}")
