"""Draws docs/images/design/ anew: python bench/screenshots.py http://localhost:8000

Each picture shows one page at 390, 768 and 1280 px side by side. The site must be a trial one (`make run`),
because the picture of the confirmation sends an inquiry.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images" / "design"
WIDTHS = [390, 768, 1280]
HEIGHT = 900
GAP = 24
COLOURS = 64  # flat colours and text: more would only make the files larger
ARTICLE = "/education/kyphoplasty/"


def send_nothing(page):
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").wait_for()


def send_a_question(page):
    page.get_by_label("Your question or message").fill("Is kyphoplasty something for my mother? She is 81.")
    page.get_by_label("Your name", exact=True).fill("Maria Example")
    page.get_by_label("Phone number").fill("(202) 555-0143")
    page.get_by_role("button", name="Send").click()
    page.locator("[data-reference]").wait_for()


def show_steps(page):
    page.locator(".steps").evaluate("steps => steps.scrollIntoView({ behavior: 'instant' })")


def show_form(page):
    page.locator("#inquiry").evaluate("heading => heading.scrollIntoView({ behavior: 'instant' })")


SHOTS = {
    "home": ("/", None),
    "article": (ARTICLE, None),
    "steps": (ARTICLE, show_steps),
    "form": (ARTICLE, show_form),
    "errors": ("/contact/", send_nothing),
    "confirmation": ("/contact/", send_a_question),
}


def shoot(browser, site, path, act, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    page.goto(site + path)
    if act:
        act(page)
    page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture


def side_by_side(pictures):
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * GAP), "#8a948f")
    x = GAP
    for picture in pictures:
        sheet.paste(picture, (x, GAP))
        x += picture.width + GAP
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE)


def main(site):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        for name, (path, act) in SHOTS.items():
            for scheme in ("light", "dark"):
                pictures = [shoot(browser, site, path, act, width, scheme) for width in WIDTHS]
                side_by_side(pictures).save(FOLDER / f"{name}-{scheme}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
