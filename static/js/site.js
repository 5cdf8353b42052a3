// Comfort only: without this file every page reads and sends the same.

// Where the contents stand beside the text, they fill the vertebra of the section being read.
function followReading() {
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

// The bar for the thumb comes up when the head of the page, which says the same, has gone out of view.
function raiseBar(bar) {
  const watcher = new IntersectionObserver((changes) => bar.classList.toggle("bar--up", !changes.at(-1).isIntersecting));
  watcher.observe(document.querySelector(".top"));
}

// The box of a message grows with what is typed.
function grow(area) {
  if (!("fieldSizing" in area.style)) return;
  area.style.blockSize = "auto";
  area.style.fieldSizing = "content";
}

// How much room is left in a message. Read aloud only when it gets scarce, and after a pause in typing.
function countCharacters(area) {
  const count = area.parentElement.querySelector(".field__count");
  const max = +area.dataset.maxLength;
  const show = () => {
    const left = max - [...area.value].length;
    const words = left < 0 ? count.dataset.over : count.dataset.left;
    count.ariaLive = left < max / 5 ? "polite" : "off";
    count.textContent = words.replace("%s", Math.abs(left).toLocaleString(document.documentElement.lang));
    count.classList.toggle("field__count--over", left < 0);
    count.hidden = false;
  };
  let pause;
  area.addEventListener("focus", show, { once: true });
  area.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 600);
  });
  if (area === document.activeElement) show();
}

// The reference, to paste into a calendar or a message.
function offerCopy(button) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}

// Once a message has arrived, Back shows its form empty: somebody else may sit at this computer by then.
document.addEventListener("submit", () => history.replaceState({ sent: Date.now() }, ""));
addEventListener("pageshow", () => {
  if (document.querySelector("[data-reference]") && !history.state) {
    history.replaceState({}, "");
    sessionStorage.arrived = Date.now();
  }
  if (history.state?.sent < sessionStorage.arrived) document.querySelectorAll("form").forEach((form) => form.reset());
});

document.querySelector("[autofocus]")?.focus();
// The rest has time until the page has been painted; asking for that frame would tie it to this script.
setTimeout(() => {
  followReading();
  document.querySelectorAll(".bar").forEach(raiseBar);
  document.querySelectorAll("[data-copy]").forEach(offerCopy);
  for (const area of document.querySelectorAll("[data-max-length]")) {
    grow(area);
    countCharacters(area);
  }
}, 300);
