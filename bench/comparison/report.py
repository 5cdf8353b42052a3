"""The results: one table a group, in the terminal, as JSON, and in README.md between two marks."""

import json
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import psutil

from bench.paths import DATA, ROOT

README = ROOT / "bench" / "README.md"
BEGIN, END = "<!-- results -->", "<!-- end of results -->"


@dataclass
class Goal:
    text: str
    value: str
    is_met: bool

    def __str__(self):
        return f"- {'met' if self.is_met else '**not met**'}: {self.text}: {self.value}"


@dataclass
class Group:
    """Figures of one kind, each compared with the first."""

    title: str
    figures: list
    goals: list = field(default_factory=list)
    left_out: str = ""

    def ratio(self, name):
        """How many times as much CPU `name` takes as the first, if it's there."""
        costs = (figure.cost for figure in self.figures if figure.name == name)
        return next((cost / self.figures[0].cost for cost in costs), None)

    def at_least(self, text, value, least):
        """Add a goal about a number, if that could be measured."""
        if value is not None:
            self.goals.append(Goal(text, number(value), value >= least))

    def at_most(self, text, value, most):
        if value is not None:
            self.goals.append(Goal(text, number(value), value <= most))

    def cheaper_peers(self):
        """In words, what costs less than the first of ours; nothing where no peers are compared."""
        if not self.figures:
            return ""
        first, *others = self.figures
        cheaper = [f for f in others if f.cost < first.cost and not f.is_ours] if first.is_ours else []
        return "".join(
            f"- cheaper than {first.name}: {f.name}, {f.cost / first.cost:,.2f} of it\n" for f in cheaper
        )

    def table(self):
        lines = [
            "| | CPU a request | a second and core | to the first | 99% within | |",
            "|---|--:|--:|--:|--:|---|",
        ]
        for figure in self.figures:
            within = f"{figure.p99:,.1f} ms" if figure.p99 else ""
            lines.append(
                f"| {figure.name} | {time_of(figure.cost)} | {number(figure.rate)}"
                f" | {figure.cost / self.figures[0].cost:,.2f} | {within} | {figure.note} |"
            )
        return "\n".join(lines)

    def __str__(self):
        parts = [f"### {self.title}", self.left_out, self.table() if self.figures else ""]
        judged = "\n".join([*map(str, self.goals), self.cheaper_peers()])
        return "\n\n".join([*filter(None, parts), judged]).rstrip()


def time_of(microseconds):
    return f"{microseconds:,.0f} µs" if microseconds < 1000 else f"{microseconds / 1000:,.1f} ms"


def number(value):
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


def in_words(said):
    versions = ", ".join(f"{name} {version}" for name, version in said["versions"].items())
    return (
        f"Measured on {said['date']} with {said['size']:,} inquiries, on {said['machine']}"
        f" (load average before: {said['load']}). {versions}."
    )


def write(said, groups, *, into_readme):
    file = DATA / "results.json"
    file.write_text(json.dumps({**said, "groups": [asdict(group) for group in groups]}, indent=1))
    text = "\n\n".join([in_words(said), *map(str, groups)])
    print(f"\n{in_words(said)}\nAll of it is in {file}.")
    if into_readme:
        before, _, rest = README.read_text().partition(BEGIN)
        README.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.partition(END)[2]}")
