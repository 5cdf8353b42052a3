"""`make bench`: our site against what a clinic would pick instead, on this machine, in one run.

python -m bench.comparison.run [--size 100000] [--rounds 3] [--only serving,sending] [--keep] [--write]
"""

import argparse

from bench import tools
from bench.comparison import desk, exporting, peers, reading, report, sending, serving
from bench.comparison.our_site import ARTICLES, MANY, Ours

OVER_HTTP = {"serving": serving, "reading": reading, "sending": sending}
GROUPS = {**OVER_HTTP, "desk": desk, "exporting": exporting}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="inquiries in the larger database")
    parser.add_argument("--rounds", type=int, default=3, help="each figure is the median of so many")
    parser.add_argument("--only", default="", help="groups, with commas: " + ", ".join(GROUPS))
    parser.add_argument("--keep", action="store_true", help="measure what the last run has filled")
    parser.add_argument("--write", action="store_true", help="also put the results into bench/README.md")
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else GROUPS
    peers.install()
    said = report.conditions(options.size, peers.versions())
    ours = Ours(options.size)
    try:
        if not options.keep:
            fill(ours)
        groups = [group for name in wanted for group in measure(name, GROUPS[name], ours, options.rounds)]
    finally:
        ours.stop()
    report.write(said, groups, into_readme=options.write)


def fill(ours):
    say(f"Filling our databases with {ours.inquiries[MANY]:,} inquiries, and the peers' …")
    ours.fill()
    peers.build(ours.database_url, ARTICLES[MANY])
    peers.fill(ours.database_url, MANY)


def measure(name, module, ours, rounds):
    if name in OVER_HTTP and not tools.wrk():
        missing = "wrk is not installed (`apt install wrk`): nothing was measured."
        groups = [report.Group(name.capitalize(), [], left_out=missing)]
    else:
        say(f"Measuring: {name} …")
        found = module.measure(ours, rounds)
        groups = found if isinstance(found, list) else [found]
    for group in groups:
        say(f"\n{group}\n")
    return groups


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    main()
