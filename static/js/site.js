// Comfort only: without this file every page reads and sends the same.

// The contents list fills the vertebra of the section being read.
const links = new Map([...document.querySelectorAll(".toc a")].map((a) => [a.hash, a]));
const inView = new Set();
const watcher = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) inView[isIntersecting ? "add" : "delete"](target);
    const first = [...links].find(([, a]) => inView.has(a.section));
    if (first) for (const [, a] of links) a.ariaCurrent = a === first[1] ? "true" : null;
  },
  { rootMargin: "-15% 0px -75%" },
);
for (const [hash, a] of links) {
  a.section = document.getElementById(decodeURIComponent(hash.slice(1)))?.closest("section");
  if (a.section) watcher.observe(a.section);
}
const toc = document.querySelector(".toc details");
if (toc && matchMedia("(min-width: 56rem)").matches) toc.open = true;

// How much room is left in a message. Read aloud only when it gets scarce, and after a pause in typing.
for (const area of document.querySelectorAll("[data-max-length]")) {
  const count = area.parentElement.querySelector(".field__count");
  if (!count) continue;
  const max = +area.dataset.maxLength;
  const show = () => {
    const left = max - [...area.value].length;
    count.ariaLive = left < max / 5 ? "polite" : "off";
    const words = left < 0 ? count.dataset.over : count.dataset.left;
    count.textContent = words.replace("%s", Math.abs(left).toLocaleString(document.documentElement.lang));
    count.classList.toggle("field__count--over", left < 0);
  };
  let pause;
  area.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 600);
  });
  count.hidden = false;
  show();
}

document.querySelector(".error-summary")?.focus();
