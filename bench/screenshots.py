"""Draws docs/images/ anew: python bench/screenshots.py http://localhost:8000 var/demo-accounts.txt

Each picture of the design shows one page at 390, 768 and 1280 px side by side. The site must be a new trial
one (`make run`): inquiries are sent, and the queue shows whatever there is.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
FOLDER = IMAGES / "design"
WIDTHS = [390, 768, 1280]
HEIGHT = 900
GAP = 24
COLOURS = 64  # flat colours and text: more would only make the files larger
ARTICLE = "/education/kyphoplasty/"
URGENT = (
    "Since yesterday evening my right leg feels weak and I stumbled twice.\n\n"
    "My daughter can drive me. Please call in the afternoon, I hear badly on the mobile phone."
)


def send_nothing(page):
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").wait_for()


def send(page, message):
    page.get_by_label("Your question or message").fill(message)
    page.get_by_label("Your name", exact=True).fill("Maria Example")
    page.get_by_label("Phone number").fill("(202) 555-0143")
    page.get_by_role("button", name="Send").click()
    page.locator("[data-reference]").wait_for()


def send_a_question(page):
    send(page, "Is kyphoplasty something for my mother? She is 81.")


def show_steps(page):
    page.locator(".steps").evaluate("steps => steps.scrollIntoView({ behavior: 'instant' })")


def show_form(page):
    page.locator("#inquiry").evaluate("heading => heading.scrollIntoView({ behavior: 'instant' })")


SHOTS = {
    "home": ("/", None),
    "topics": ("/topics/", None),
    "people": ("/people/", None),
    "location": ("/locations/main-office/", None),
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


def shoot_staff(browser, site, accounts):
    """The queue on both widths, and one inquiry that somebody took."""
    name, _, password = next(a for a in accounts if a[0] == "front-desk")
    page = browser.new_page(viewport={"width": 1280, "height": HEIGHT})
    page.goto(site + "/contact/")
    send(page, URGENT)
    page.goto(site + "/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("body#wagtail").wait_for()
    for width, picture in [(1280, "queue"), (390, "phone")]:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.goto(site + "/admin/inquiries/")
        page.wait_for_timeout(500)
        save(page, IMAGES / f"front-desk-{picture}.png")
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    page.get_by_role("link", name="Maria Example").first.click()
    page.get_by_role("button", name="Assign to me").click()
    page.wait_for_timeout(500)
    save(page, IMAGES / "front-desk-inquiry.png")


def save(page, file):
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def side_by_side(pictures):
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * GAP), "#8a948f")
    x = GAP
    for picture in pictures:
        sheet.paste(picture, (x, GAP))
        x += picture.width + GAP
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE)


def main(site, accounts):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-headless-shell"),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        for name, (path, act) in SHOTS.items():
            for scheme in ("light", "dark"):
                pictures = [shoot(browser, site, path, act, width, scheme) for width in WIDTHS]
                side_by_side(pictures).save(FOLDER / f"{name}-{scheme}.png", optimize=True)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(site + ARTICLE)
        save(page, IMAGES / "patient.png")
        shoot_staff(browser, site, accounts)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), [line.split() for line in Path(sys.argv[2]).read_text().splitlines()])
