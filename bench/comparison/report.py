"""Format the results as tables, for the terminal and README.md."""

import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psutil

from bench.paths import ROOT

README = ROOT / "bench" / "README.md"
BEGIN_MARK, END_MARK = "<!-- results -->", "<!-- end of results -->"


@dataclass
class Group:
    """Figures that are compared with the first of them."""

    title: str
    figures: list
    goals: list = field(default_factory=list)

    def ratio(self, name):
        """Return the cost of `name` relative to the first figure."""
        return next(f.cost for f in self.figures if f.name == name) / self.figures[0].cost

    def at_least(self, text, value, minimum):
        self.add_goal(text, value, is_met=value >= minimum)

    def at_most(self, text, value, maximum):
        self.add_goal(text, value, is_met=value <= maximum)

    def add_goal(self, text, value, *, is_met):
        met = "met" if is_met else "**not met**"
        self.goals.append(f"- {met}: {text}: {format_number(value)}")

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
        return "\n\n".join([f"### {self.title}", self.table(), "\n".join(self.goals)]).rstrip()


def format_time(microseconds):
    return f"{microseconds:,.0f} µs" if microseconds < 1000 else f"{microseconds / 1000:,.1f} ms"


def format_number(value):
    return f"{value:,.0f}" if value >= 10 else f"{value:,.2f}"


def conditions(size, versions):
    """Return a sentence on the machine and the software, including the load before the measurement."""
    memory = round(psutil.virtual_memory().total / 2**30)
    machine = f"{psutil.cpu_count()} cores, {memory} GB, {platform.system()} {platform.machine()}"
    packages = ", ".join(f"{name} {each}" for name, each in versions.items())
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with {size:,} inquiries, on {machine}"
        f" (load average before: {psutil.getloadavg()[2]:.1f})."
        f" Python {platform.python_version()}, {packages}."
    )


def write_readme(conditions, groups):
    text = "\n\n".join([conditions, *map(str, groups)])
    before, _, rest = README.read_text().partition(BEGIN_MARK)
    README.write_text(f"{before}{BEGIN_MARK}\n\n{text}\n\n{END_MARK}{rest.partition(END_MARK)[2]}")
