"""Recreate docs/images/: python -m bench.audit.screenshots http://localhost:8000 var/demo-accounts.txt

Design images show a page at 390, 768 and 1280 px side by side. Needs a new demo site (`make run`), because it
sends inquiries, and the queue shows all inquiries there are.
"""

import io
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from bench.audit.run import BROWSER_FLAGS, chromium
from bench.paths import ROOT

IMAGES = ROOT / "docs" / "images"
FOLDER = IMAGES / "design"
WIDTHS = [390, 768, 1280]
HEIGHT = 900
GAP = 24
COLORS = 64  # enough for flat colors and text
ARTICLE = "/education/kyphoplasty/"
IN_REVIEW = "Osteoporosis: Keep Your Bones Strong"
DOCUMENT = ROOT / "tests" / "education" / "importing" / "files" / "libreoffice.docx"
QUESTION = "Is kyphoplasty something for my mother? She is 81."
URGENT = (
    "Since yesterday evening my right leg feels weak and I stumbled twice.\n\n"
    "My daughter can drive me. Please call in the afternoon, I hear badly on the mobile phone."
)


def submit_empty_form(page):
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").wait_for()


def send(page, message):
    page.get_by_label("Your question or message").fill(message)
    page.get_by_label("Your name", exact=True).fill("Maria Example")
    page.get_by_label("Phone number").fill("(202) 555-0143")
    page.get_by_role("button", name="Send").click()
    page.locator("[data-reference]").wait_for()


def scroll_to(selector):
    script = "element => element.scrollIntoView({ behavior: 'instant' })"
    return lambda page: page.locator(selector).evaluate(script)


PAGES = {
    "home": ("/", None),
    "topics": ("/topics/", None),
    "people": ("/people/", None),
    "location": ("/locations/main-office/", None),
    "article": (ARTICLE, None),
    "steps": (ARTICLE, scroll_to(".steps")),
    "form": (ARTICLE, scroll_to("#inquiry")),
    "errors": ("/contact/", submit_empty_form),
    "confirmation": ("/contact/", lambda page: send(page, QUESTION)),
}


def take_screenshot(browser, site, path, prepare, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    page.goto(site + path)
    if prepare:
        prepare(page)
    page.wait_for_timeout(300)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return image


def sign_in(browser, site, accounts, role):
    name, _, password = next(a for a in accounts if a[0] == role)
    page = browser.new_page(viewport={"width": 1280, "height": HEIGHT}, base_url=site)
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("body#wagtail").wait_for()
    return page


def explore_articles(page):
    page.goto("/admin/pages/")
    page.get_by_role("link", name=re.compile("Explore child pages of .*Patient education")).click()


def save_editing_screens(browser, site, accounts):
    """Save the import preview, the checks, the review dialog, and requested changes."""
    editor = sign_in(browser, site, accounts, "editor")
    explore_articles(editor)
    editor.get_by_role("link", name="New page from document").click()
    editor.get_by_label("Document").set_input_files(DOCUMENT)
    editor.get_by_role("button", name="Preview").click()
    editor.get_by_role("button", name="Create draft").wait_for()
    save(editor, IMAGES / "import.png")
    explore_articles(editor)
    editor.get_by_role("link", name=IN_REVIEW).first.click()
    editor.get_by_role("button", name="Toggle checks").click()
    editor.locator("[data-content-word-count]").get_by_text(re.compile(r"\d")).wait_for()
    editor.wait_for_timeout(2000)
    save(editor, IMAGES / "checks.png")
    editor.get_by_role("button", name="Submit to Clinical review").click()
    editor.get_by_text("is in review").wait_for()

    reviewer = sign_in(browser, site, accounts, "reviewer")
    reviewer.goto("/admin/")
    reviewer.get_by_role("link", name=IN_REVIEW).first.click()
    reviewer.get_by_role("button", name="Approve and Publish").click()
    reviewer.get_by_role("dialog").get_by_label("The facts are right").check()
    reviewer.wait_for_timeout(1000)
    save(reviewer, IMAGES / "review.png")
    reviewer.get_by_role("dialog").get_by_role("button", name="Close").click()
    reviewer.get_by_role("button", name="More actions").first.click()
    reviewer.get_by_role("button", name="Request changes").click()
    dialog = reviewer.get_by_role("dialog")
    dialog.get_by_label("What should change").fill("Say how soon to call when it gets worse.")
    dialog.get_by_role("button", name="Request changes").click()
    reviewer.get_by_text("You asked for changes").wait_for()
    editor.goto("/admin/")
    editor.get_by_role("link", name=IN_REVIEW).first.click()
    editor.get_by_text("asked for changes on").wait_for()
    editor.wait_for_timeout(1000)
    save(editor, IMAGES / "editor.png")


def save_front_desk_screens(browser, site, accounts):
    """Save the queue at two widths, and an assigned inquiry."""
    send_page = browser.new_page()
    send_page.goto(site + "/contact/")
    send(send_page, URGENT)
    page = sign_in(browser, site, accounts, "front-desk")
    for width, name in [(1280, "queue"), (390, "phone")]:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.goto("/admin/inquiries/")
        page.wait_for_timeout(500)
        save(page, IMAGES / f"front-desk-{name}.png")
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    page.get_by_role("link", name="Maria Example").first.click()
    page.get_by_role("button", name="Assign to me").click()
    page.wait_for_timeout(500)
    save(page, IMAGES / "front-desk-inquiry.png")


def save(page, file):
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    image.quantize(COLORS, dither=Image.Dither.NONE).save(file, optimize=True)


def side_by_side(images):
    width = sum(image.width for image in images) + GAP * (len(images) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * GAP), "#8a948f")
    x = GAP
    for image in images:
        sheet.paste(image, (x, GAP))
        x += image.width + GAP
    return sheet.quantize(COLORS, dither=Image.Dither.NONE)


def main(site, accounts):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_FLAGS)
        for name, (path, prepare) in PAGES.items():
            for scheme in ("light", "dark"):
                images = [take_screenshot(browser, site, path, prepare, width, scheme) for width in WIDTHS]
                side_by_side(images).save(FOLDER / f"{name}-{scheme}.png", optimize=True)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(site + ARTICLE)
        save(page, IMAGES / "patient.png")
        save_front_desk_screens(browser, site, accounts)
        save_editing_screens(browser, site, accounts)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), [line.split() for line in Path(sys.argv[2]).read_text().splitlines()])
