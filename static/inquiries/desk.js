/* Keeps open screens of the front desk up to date. Without it they work, and are as old as their last load. */
(() => {
  "use strict";
  const EVERY = 15000; // milliseconds; three silences and a colleague counts as gone

  const menu = () => document.querySelector("[data-inquiry-news]");

  function show(element, text) {
    element.textContent = text;
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
    if (newer && "newer" in news) show(newer, news.newer);
  }

  async function askForNews() {
    const item = menu();
    if (!item || document.hidden) return;
    const list = document.querySelector("[data-inquiry-list], #inquiries-panel-section, #inquiries-panel");
    const newest = document.querySelector("[data-inquiry-list]")?.dataset.newest;
    const query = list ? `?newest=${newest || 0}` : "";
    const response = await fetch(item.dataset.inquiryNews + query);
    if (response.ok && !response.redirected) showNews(await response.json());
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

  const quietly = (ask) => ask().catch(() => {}); // the next round asks again

  document.addEventListener("DOMContentLoaded", () => {
    setInterval(() => { quietly(askForNews); quietly(sayWhereIAm); }, EVERY);
    document.addEventListener("visibilitychange", () => { quietly(askForNews); quietly(sayWhereIAm); });
    const tab = document.querySelector(".inquiry-tabs [aria-current]");
    // The tabs alone: scrollIntoView would shift the whole page on a phone, for good.
    if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
    document.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
  });
})();
