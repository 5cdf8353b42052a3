/* Keeps open screens of the front desk up to date. Without it they work, and are as old as their last load. */
(() => {
  "use strict";
  const EVERY = 15000; // milliseconds; three silences and a colleague counts as gone
  const title = document.title;
  let rounds;

  const menu = () => document.querySelector("[data-inquiry-news]");
  const signedOut = () => document.querySelector("[data-inquiry-signed-out]");

  function show(element, text) {
    if (element.textContent !== text) element.textContent = text; // or screen readers say it again each time
    element.hidden = !text;
  }

  function showNews(news) {
    menu()?.setAttribute("data-inquiry-alarms", news.alarms);
    document.querySelectorAll("[data-inquiry-alarms-text]").forEach((element) => {
      element.textContent = news.alarms || element.dataset.allWell;
    });
    Object.entries(news.counts || {}).forEach(([view, number]) => {
      document.querySelectorAll(`[data-inquiry-count="${view}"]`).forEach((element) => {
        element.textContent = number;
      });
    });
    const newer = document.querySelector("[data-inquiry-newer]");
    if (!newer || !("newer" in news)) return;
    show(newer, news.newer);
    show(document.querySelector("[data-inquiry-newer-urgent]"), news.urgent);
    document.title = news.title + title;
    notify(news.urgent);
  }

  async function askForNews() {
    const address = menu()?.dataset.inquiryNews || signedOut()?.dataset.news; // a page without the menu asks for itself
    const queue = document.querySelector("[data-inquiry-list]");
    if (!address || (document.hidden && !queue)) return; // a queue says in its tab's title what is urgent
    const counts = queue || document.querySelector("#inquiries-panel-section, #inquiries-panel");
    const query = counts ? `?newest=${queue?.dataset.newest || 0}` : "";
    // A redirect leads to the sign-in, and is not followed: what that page has to say is for people to read.
    const response = await fetch(address + query, { redirect: "manual" });
    if (response.ok) showNews(await response.json());
    else if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) saySignedOut();
  }

  function saySignedOut() {
    clearInterval(rounds);
    document.removeEventListener("visibilitychange", goRound);
    const line = signedOut();
    if (!line?.hidden) return;
    document.body.classList.add("inquiry-signed-out"); // hides patients: others may pass the screen
    show(line, line.dataset.inquirySignedOut);
    document.title = line.dataset.title + document.title;
  }

  async function sayWhereIAm() {
    const page = document.querySelector("[data-inquiry-open]");
    if (!page || document.hidden) return;
    const { CSRF_TOKEN, CSRF_HEADER_NAME } = JSON.parse(document.getElementById("wagtail-config").textContent);
    const response = await fetch(page.dataset.news, {
      method: "POST",
      headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN },
      body: new URLSearchParams({ seen: page.dataset.seen }),
    });
    if (!response.ok || response.redirected) return;
    const news = await response.json();
    const others = page.querySelector("[data-inquiry-others]");
    show(others, news.others.length ? others.dataset.words.replace("%s", news.others.join(", ")) : "");
    page.querySelector("[data-inquiry-changed]").hidden = !news.changed;
  }

  // A note or a reply that is typed and not saved: kept on the server, and asked about before the page is left.
  const composer = () => document.querySelector("[data-draft]");
  const boxes = () => [...document.querySelectorAll(".inquiry textarea:is([name=text], [name=answer])")];
  const edited = new Set(); // the others may hold less than the same inquiry in another tab
  let waiting;
  let unsaved = false;

  async function saveDraft(area) {
    const { CSRF_TOKEN, CSRF_HEADER_NAME } = JSON.parse(document.getElementById("wagtail-config").textContent);
    const response = await fetch(area.dataset.draft, {
      method: "POST",
      redirect: "manual",
      headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN },
      keepalive: true, // also while the page is left
      // With the page's key: once it's sent, an autosave that comes late keeps nothing.
      body: new URLSearchParams([area.form.elements.idempotency_key, ...edited].map(({ name, value }) => [name, value])),
    });
    if (response.ok) unsaved = false;
    const status = document.querySelector("[data-inquiry-draft]");
    const typed = boxes().some((box) => box.value);
    status.textContent = response.ok ? (typed ? status.dataset.saved : "") : status.dataset.failed;
  }

  function saveNow(area) {
    clearTimeout(waiting);
    if (unsaved) quietly(() => saveDraft(area));
  }

  function keepNotes() {
    const area = composer();
    if (!area) return;
    area.form.addEventListener("input", (event) => {
      if (!boxes().includes(event.target)) return;
      edited.add(event.target);
      unsaved = true;
      clearTimeout(waiting);
      waiting = setTimeout(() => saveNow(area), 1000);
    });
    addEventListener("pagehide", () => saveNow(area));
    document.addEventListener("visibilitychange", () => saveNow(area));
    area.form.addEventListener("submit", () => {
      clearTimeout(waiting);
      unsaved = false;
    });
    addEventListener("beforeunload", (event) => {
      if (unsaved) event.preventDefault();
    });
  }

  // A saved text goes where the pointer is; without this the server adds it at the end.
  function insertSaved(event) {
    const button = event.target.closest("[data-insert]");
    const area = button?.closest(".inquiry-reply, .inquiry-composer")?.querySelector("textarea");
    if (!area) return;
    event.preventDefault();
    area.setRangeText(button.nextElementSibling.textContent, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }

  // Without a clipboard the link shows the text.
  async function copyForChart(event) {
    const link = event.target.closest("[data-inquiry-copy]");
    if (!link || !navigator.clipboard || !window.ClipboardItem) return;
    event.preventDefault();
    const text = fetch(link.href, { redirect: "error" }).then((response) => (response.ok ? response.blob() : Promise.reject()));
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
      link.textContent = link.dataset.done;
    } catch {
      location.assign(link.href);
    }
  }

  // J and K walk through the queue, Enter opens; on an inquiry N goes to the note. Never while somebody types.
  function walk(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const links = [...document.querySelectorAll(".inquiry-queue .inquiry-who a")];
    const step = { j: 1, k: -1 }[event.key];
    if (step && links.length) {
      const at = links.indexOf(document.activeElement.closest(".inquiry-who a"));
      links[Math.max(0, Math.min(links.length - 1, at + step))].focus();
    } else if (event.key === "n" && composer()) {
      event.preventDefault();
      composer().focus();
    }
  }

  // "?" opens our list of keys in place of Wagtail's, which are for editing pages.
  function showKeys(event) {
    const keys = document.querySelector("[data-inquiry-keys]");
    if (event.key !== "?" || !keys || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (keys.open) keys.close();
    else keys.showModal();
  }

  // A desktop notification says that something urgent is there, and no word of it: others may see the screen.
  const bell = () => document.querySelector("[data-inquiry-notify]");
  let told = "";

  function notify(urgent) {
    if (urgent && urgent !== told && document.hidden && window.Notification?.permission === "granted") {
      new Notification(bell().dataset.inquiryNotify, { tag: "urgent-inquiry" });
    }
    told = urgent;
  }

  function offerNotifications() {
    if (!bell() || window.Notification?.permission !== "default") return;
    bell().hidden = false;
    bell().addEventListener("click", async () => {
      await Notification.requestPermission();
      bell().hidden = true;
    });
  }

  const quietly = (ask) => ask().catch(() => {}); // the next round asks again

  function goRound() {
    quietly(askForNews);
    quietly(sayWhereIAm);
  }

  document.addEventListener("DOMContentLoaded", () => {
    rounds = setInterval(goRound, EVERY);
    keepNotes();
    document.addEventListener("keydown", walk);
    addEventListener("keydown", showKeys, { capture: true }); // before Wagtail's
    document.querySelector("[data-inquiry-keys-button]")?.addEventListener("click", () => {
      document.querySelector("[data-inquiry-keys]").showModal();
    });
    offerNotifications();
    document.addEventListener("click", insertSaved);
    document.addEventListener("click", copyForChart);
    document.addEventListener("visibilitychange", goRound);
    const tab = document.querySelector(".inquiry-tabs [aria-current]");
    // The tabs alone: scrollIntoView would shift the whole page on a phone, for good.
    if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
    document.querySelector("[role=alert]:not(.inquiry-newer)")?.scrollIntoView({ block: "center" });
  });
})();
