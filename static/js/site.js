// Enhancements only: every page works without this script.

// On wide screens, marks the section being read in the table of contents.
function highlightCurrentSection() {
  const toc = document.querySelector(".toc details");
  if (!toc || !matchMedia("(min-width: 56rem)").matches) return;
  const links = [...toc.querySelectorAll("a")];
  const sections = links.map((a) => document.getElementById(decodeURIComponent(a.hash.slice(1))).closest("section"));
  const inView = new Set();
  const watcher = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) inView[isIntersecting ? "add" : "delete"](target);
      const first = sections.findIndex((section) => inView.has(section));
      if (first >= 0) links.forEach((a, i) => (a.ariaCurrent = i === first ? "true" : null));
    },
    { rootMargin: "-15% 0px -75%" },
  );
  for (const section of sections) watcher.observe(section);
  toc.open = true;
}

// Shows the contact bar once the page header, which has the same links, is out of view.
function showBarAfterHeader(bar) {
  const watcher = new IntersectionObserver((changes) => bar.classList.toggle("bar--visible", !changes.at(-1).isIntersecting));
  watcher.observe(document.querySelector(".top"));
}

// Lets a text area grow with its content.
function growWithContent(area) {
  if (!("fieldSizing" in area.style)) return;
  area.style.blockSize = "auto";
  area.style.fieldSizing = "content";
}

// Shows how many characters are left. Screen readers announce it only near the limit, and after a pause in typing.
function countCharacters(area) {
  const count = area.parentElement.querySelector(".field__count");
  const max = +area.dataset.maxLength;
  const show = () => {
    const left = max - [...area.value].length;
    const template = left < 0 ? count.dataset.over : count.dataset.left;
    count.ariaLive = left < max / 5 ? "polite" : "off";
    count.textContent = template.replace("%s", Math.abs(left).toLocaleString(document.documentElement.lang));
    count.classList.toggle("field__count--over", left < 0);
    count.hidden = false;
  };
  let timer;
  area.addEventListener("focus", show, { once: true });
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 600);
  });
  if (area === document.activeElement) show();
}

// Copies the reference to the clipboard.
function enableCopyButton(button) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}

// Once a message was received, going back shows an empty form, because someone else may be using the computer by then.
document.addEventListener("submit", () => history.replaceState({ sent: Date.now() }, ""));
addEventListener("pageshow", () => {
  if (document.querySelector("[data-reference]") && !history.state) {
    history.replaceState({}, "");
    sessionStorage.arrived = Date.now();
  }
  if (history.state?.sent < sessionStorage.arrived) document.querySelectorAll("form").forEach((form) => form.reset());
});

document.querySelector("[autofocus]")?.focus();
// Runs after the first paint. requestAnimationFrame would delay that paint.
setTimeout(() => {
  highlightCurrentSection();
  document.querySelectorAll(".bar").forEach(showBarAfterHeader);
  document.querySelectorAll("[data-copy]").forEach(enableCopyButton);
  for (const area of document.querySelectorAll("[data-max-length]")) {
    growWithContent(area);
    countCharacters(area);
  }
}, 300);
