"""Compare our site with alternatives, on this machine, in one run (`make bench`).

python -m bench.comparison.run [--size 100000] [--rounds 3] [--only serving,sending] [--keep] [--write]
"""

import argparse
import shutil

from bench.comparison import desk, peers, reading, report, sending, serving
from bench.comparison.our_site import ARTICLES, MANY, OurSite

GROUPS = {"serving": serving, "reading": reading, "sending": sending, "desk": desk}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="inquiries in the larger database")
    parser.add_argument("--rounds", type=int, default=3, help="each figure is the median of this many rounds")
    parser.add_argument("--only", default="", help="comma-separated groups: " + ", ".join(GROUPS))
    parser.add_argument("--keep", action="store_true", help="measure the data of the last run")
    parser.add_argument("--write", action="store_true", help="also write the results into bench/README.md")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else GROUPS
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed: apt install wrk")
    peers.install()
    conditions = report.conditions(options.size, peers.versions())
    ours = OurSite(options.size)
    try:
        if not options.keep:
            fill(ours)
        groups = [group for name in names for group in measure(name, GROUPS[name], ours, options.rounds)]
    finally:
        ours.stop()
    print(conditions)
    if options.write:
        report.write_readme(conditions, groups)


def fill(ours):
    print(f"Filling our databases with {ours.inquiries[MANY]:,} inquiries, and the peers' …", flush=True)
    ours.fill()
    peers.build(ours.database_url, ARTICLES[MANY])
    peers.fill(ours.database_url, MANY)


def measure(name, module, ours, rounds):
    print(f"Measuring: {name} …", flush=True)
    result = module.measure(ours, rounds)
    groups = result if isinstance(result, list) else [result]
    for group in groups:
        print(f"\n{group}\n", flush=True)
    return groups


if __name__ == "__main__":
    main()
