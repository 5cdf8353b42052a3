"""Audits a running trial site and prints one table: python -m bench.audit.run http://localhost:8000

axe, the HTML validator (vnu, needs Java), Lighthouse's mobile preset and the weight as sent. The tools come
from npm into node_modules/, which git ignores; the first run installs them. Exit code 1 where a promise is
broken.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urljoin
from urllib.request import Request, urlopen

import brotli
from playwright.sync_api import sync_playwright

from bench.audit.states import PAGES, states
from bench.paths import ROOT
from tests.support import install_browser

TOOLS = ROOT / "node_modules"
PACKAGES = ["axe-core@4", "vnu-jar@26", "lighthouse@13"]
BROWSER_FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
SCORED = {"home", "article", "form", "search"}
MOST_BYTES = 14 * 1024
LATEST_PAINT = 1000  # ms
# Of Lighthouse; the best counts, because other work on the machine only takes points away. A page of two
# lines without style or script got 99 in one run of four.
RUNS = 3


def install():
    missing = [package for package in PACKAGES if not (TOOLS / package.split("@")[0]).exists()]
    if missing:
        npm = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(ROOT), *missing]
        subprocess.run(npm, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def axe_findings(page):
    """Violations at both widths and in both color schemes."""
    page.evaluate((TOOLS / "axe-core" / "axe.min.js").read_text())
    found = 0
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            violations = page.evaluate("axe.run().then(result => result.violations)")
            for violation in violations:
                print(page.url, violation["id"], violation["nodes"][0]["html"][:200], file=sys.stderr)
            found += len(violations)
    return found


def in_browser(site, folder):
    """axe's findings for each state; writes each state's HTML, as it was sent, into `folder`."""
    results = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_FLAGS)
        page = browser.new_page(bypass_csp=True, ignore_https_errors=True)
        for name, html in states(page, site):
            (folder / f"{name}.html").write_text(html)
            results[name] = axe_findings(page)
        browser.close()
    return results


def validator_findings(folder):
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = sorted(folder.glob("*.html"))
    vnu = ["java", "-jar", str(jar), "--format", "json", *map(str, files)]
    report = subprocess.run(vnu, capture_output=True, text=True, check=False).stderr  # noqa: S603
    messages = json.loads(report)["messages"]
    for message in messages:
        print(Path(message.get("url", "")).name, message["message"], file=sys.stderr)
    faulty = [Path(unquote(message.get("url", ""))).name for message in messages]
    return {file.stem: faulty.count(file.name) for file in files}


def lighthouse(address, folder):
    """The best run's scores by category in per cent, largest paint in ms and layout shift."""
    runs = [run for _ in range(RUNS) if (run := one_run(address, folder))]
    return max(runs, key=lambda run: (run[0], -run[1]))


def one_run(address, folder):
    """None where Lighthouse could not record the page, as happens now and then."""
    report = folder / "lighthouse.json"
    # A demo asks search engines not to list it.
    command = [TOOLS / ".bin" / "lighthouse", address, "--quiet", "--skip-audits=is-crawlable"]
    command += ["--output=json", f"--output-path={report}"]
    command += [f"--chrome-flags={' '.join(['--headless=new', *BROWSER_FLAGS])}"]
    subprocess.run(command, check=False, env={**os.environ, "CHROME_PATH": chromium()})  # noqa: S603
    result = json.loads(report.read_text())
    if "runtimeError" in result:
        return None
    scores = [round((category["score"] or 0) * 100) for category in result["categories"].values()]
    paint, shift = (
        result["audits"][name]["numericValue"]
        for name in ("largest-contentful-paint", "cumulative-layout-shift")
    )
    return scores, paint, shift


def sent(address):
    """The bytes of an answer as they travel, compressed with Brotli."""
    with urlopen(Request(address, headers={"Accept-Encoding": "br"})) as answer:  # noqa: S310
        return answer.read()


def weight(site, path):
    data = sent(site + path)
    files = re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', brotli.decompress(data).decode())
    return len(data) + sum(len(sent(urljoin(site, file))) for file in files)


def chromium():
    return shutil.which("chromium") or shutil.which("google-chrome") or install_browser.path()


def main(site):
    install()
    broken = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        axe = in_browser(site, folder)
        vnu = validator_findings(folder)
        print(f"{'page':18}{'axe':>5}{'vnu':>5}{'bytes':>8}  {'lighthouse':18}{'LCP':>8}{'CLS':>7}")
        for state in axe:
            line = f"{state:18}{axe[state]:5}{vnu[state]:5}"
            broken |= bool(axe[state] or vnu[state])
            if state in SCORED:
                size = weight(site, PAGES[state])
                scores, paint, shift = lighthouse(site + PAGES[state], folder)
                line += f"{size:8}  {'/'.join(map(str, scores)):18}{paint:5.0f} ms{shift:7.3f}"
                broken |= size > MOST_BYTES or min(scores) < 100 or paint > LATEST_PAINT or shift > 0
            print(line, flush=True)
    return int(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/")))
