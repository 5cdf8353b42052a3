/* Keeps open screens of the front desk up to date. They also work without this script. */
(() => {
  "use strict";
  const POLL_INTERVAL = 15000; // milliseconds; after three missed polls, a colleague counts as gone
  const title = document.title;
  let pollTimer;

  const menu = () => document.querySelector("[data-inquiry-news]");
  const signedOut = () => document.querySelector("[data-inquiry-signed-out]");

  function show(element, text) {
    if (element.textContent !== text) element.textContent = text; // otherwise, screen readers repeat it
    element.hidden = !text;
  }

  function applyUpdates(updates) {
    menu()?.setAttribute("data-inquiry-alarms", updates.alarms);
    document.querySelectorAll("[data-inquiry-alarms-text]").forEach((element) => {
      element.textContent = updates.alarms || element.dataset.allWell;
    });
    Object.entries(updates.counts || {}).forEach(([view, number]) => {
      document.querySelectorAll(`[data-inquiry-count="${view}"]`).forEach((element) => {
        element.textContent = number;
      });
    });
    const newer = document.querySelector("[data-inquiry-update]");
    if (!newer || !("newer" in updates)) return;
    show(newer, updates.newer);
    show(document.querySelector("[data-inquiry-update-urgent]"), updates.urgent);
    document.title = updates.title + title;
    notify(updates.urgent);
  }

  async function fetchUpdates() {
    const address = menu()?.dataset.inquiryNews || signedOut()?.dataset.news; // pages without the menu have their own URL
    const queue = document.querySelector("[data-inquiry-list]");
    if (!address || (document.hidden && !queue)) return; // hidden tabs of the queue show urgent inquiries in their title
    const counts = queue || document.querySelector("#inquiries-panel-section, #inquiries-panel");
    const query = counts ? `?newest=${queue?.dataset.newest || 0}` : "";
    // A redirect to the sign-in page means signed out.
    const response = await fetch(address + query, { redirect: "manual" });
    if (response.ok) applyUpdates(await response.json());
    else if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) showSignedOut();
  }

  function showSignedOut() {
    clearInterval(pollTimer);
    document.removeEventListener("visibilitychange", poll);
    const notice = signedOut();
    if (!notice?.hidden) return;
    document.body.classList.add("inquiry-signed-out"); // hides patient data
    show(notice, notice.dataset.inquirySignedOut);
    document.title = notice.dataset.title + document.title;
  }

  async function reportPresence() {
    const page = document.querySelector("[data-inquiry-open]");
    if (!page || document.hidden) return;
    const { CSRF_TOKEN, CSRF_HEADER_NAME } = JSON.parse(document.getElementById("wagtail-config").textContent);
    const response = await fetch(page.dataset.news, {
      method: "POST",
      headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN },
      body: new URLSearchParams({ seen: page.dataset.seen }),
    });
    if (!response.ok || response.redirected) return;
    const update = await response.json();
    const others = page.querySelector("[data-inquiry-others]");
    show(others, update.others.length ? others.dataset.words.replace("%s", update.others.join(", ")) : "");
    page.querySelector("[data-inquiry-changed]").hidden = !update.changed;
  }

  // Unsaved notes and replies are saved as drafts on the server, and leaving the page needs a confirmation.
  const composer = () => document.querySelector("[data-draft]");
  const textAreas = () => [...document.querySelectorAll(".inquiry textarea:is([name=text], [name=answer])")];
  const edited = new Set(); // other fields may be older than in another tab
  let saveTimer;
  let unsaved = false;
  let isSubmitted = false;

  async function saveDraft(area) {
    const { CSRF_TOKEN, CSRF_HEADER_NAME } = JSON.parse(document.getElementById("wagtail-config").textContent);
    const response = await fetch(area.dataset.draft, {
      method: "POST",
      redirect: "manual",
      headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN },
      keepalive: true, // continues when the page is closed
      // The server ignores late autosaves after the form with this idempotency key was submitted.
      body: new URLSearchParams([area.form.elements.idempotency_key, ...edited].map(({ name, value }) => [name, value])),
    });
    if (response.ok) unsaved = false;
    const status = document.querySelector("[data-inquiry-draft]");
    const typed = textAreas().some((area) => area.value);
    status.textContent = response.ok ? (typed ? status.dataset.saved : "") : status.dataset.failed;
  }

  function saveNow(area) {
    clearTimeout(saveTimer);
    if (unsaved) ignoreErrors(() => saveDraft(area));
  }

  function watchForDrafts() {
    const area = composer();
    if (!area) return;
    area.form.addEventListener("input", (event) => {
      if (!textAreas().includes(event.target)) return;
      edited.add(event.target);
      unsaved = true;
      clearTimeout(saveTimer);
      saveTimer = setTimeout(() => saveNow(area), 1000);
    });
    addEventListener("pagehide", () => saveNow(area));
    document.addEventListener("visibilitychange", () => saveNow(area));
    area.form.addEventListener("submit", () => {
      clearTimeout(saveTimer);
      unsaved = false;
      isSubmitted = true;
    });
    addEventListener("beforeunload", (event) => {
      const question = area.form.elements.question?.value; // never saved as a draft
      if (unsaved || (question && !isSubmitted)) event.preventDefault();
    });
  }

  // Inserts a saved text at the cursor. Without JavaScript, the server appends it.
  function insertSavedText(event) {
    const button = event.target.closest("[data-insert]");
    const area = button?.closest(".inquiry-reply, .inquiry-composer")?.querySelector("textarea");
    if (!area) return;
    event.preventDefault();
    area.setRangeText(button.nextElementSibling.textContent, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }

  // Copies the text for the chart. Without clipboard support, the link opens it.
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

  // Keyboard shortcuts: J and K move through the queue, N goes to the note. Ignored while typing.
  function handleShortcut(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const links = [...document.querySelectorAll(".inquiry-queue .inquiry-name-cell a")];
    const step = { j: 1, k: -1 }[event.key];
    if (step && links.length) {
      const index = links.indexOf(document.activeElement.closest(".inquiry-name-cell a"));
      links[Math.max(0, Math.min(links.length - 1, index + step))].focus();
    } else if (event.key === "n" && composer()) {
      event.preventDefault();
      composer().focus();
    }
  }

  // "?" opens our list of shortcuts instead of Wagtail's.
  function toggleShortcuts(event) {
    const dialog = document.querySelector("[data-inquiry-keys]");
    if (event.key !== "?" || !dialog || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (dialog.open) dialog.close();
    else dialog.showModal();
  }

  // Desktop notifications contain no patient data, because others may see the screen.
  const notifyButton = () => document.querySelector("[data-inquiry-notify]");
  let lastUrgent = "";

  function notify(urgent) {
    if (urgent && urgent !== lastUrgent && document.hidden && window.Notification?.permission === "granted") {
      new Notification(notifyButton().dataset.inquiryNotify, { tag: "urgent-inquiry" });
    }
    lastUrgent = urgent;
  }

  function offerNotifications() {
    if (!notifyButton() || window.Notification?.permission !== "default") return;
    notifyButton().hidden = false;
    notifyButton().addEventListener("click", async () => {
      await Notification.requestPermission();
      notifyButton().hidden = true;
    });
  }

  // Makes "Back to list" return to the tab, filters and row that the inquiry was opened from.
  function linkBackToList() {
    const link = document.querySelector("[data-inquiry-back]");
    if (link && sessionStorage.inquiryList) link.href = sessionStorage.inquiryList + link.dataset.inquiryBack;
    if (!document.querySelector("[data-inquiry-list]")) return;
    addEventListener("pagehide", () => {
      sessionStorage.inquiryList = location.pathname + location.search;
    });
  }

  // Focuses the first field with an error, or else the alert, so that the next Tab continues there.
  function showErrors() {
    const alert = document.querySelector("[role=alert]:not(.inquiry-update)");
    const field = document.querySelector(":is(.inquiry, .inquiry-enter, .inquiry-bulk, .question) [aria-invalid=true]");
    if (alert) alert.tabIndex = -1;
    (field || alert)?.focus();
    (field || alert)?.scrollIntoView({ block: "center" });
  }

  const ignoreErrors = (request) => request().catch(() => {}); // retried at the next poll

  function poll() {
    ignoreErrors(fetchUpdates);
    ignoreErrors(reportPresence);
  }

  document.addEventListener("DOMContentLoaded", () => {
    pollTimer = setInterval(poll, POLL_INTERVAL);
    watchForDrafts();
    document.addEventListener("keydown", handleShortcut);
    addEventListener("keydown", toggleShortcuts, { capture: true }); // before Wagtail's
    document.querySelector("[data-inquiry-keys-button]")?.addEventListener("click", () => {
      document.querySelector("[data-inquiry-keys]").showModal();
    });
    offerNotifications();
    document.addEventListener("click", insertSavedText);
    document.addEventListener("click", copyForChart);
    document.addEventListener("visibilitychange", poll);
    const tab = document.querySelector(".inquiry-tabs [aria-current]");
    // Not scrollIntoView, which would scroll the whole page sideways on a phone.
    if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
    showErrors();
    linkBackToList();
  });
})();
