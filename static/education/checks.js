// How hard the text is to read comes with the preview's page: show it in the editor's checks panel.
document.addEventListener("w-preview:content", () => {
  const frame = document.getElementById("w-preview-iframe");
  const userbar = frame?.contentDocument?.querySelector("wagtail-userbar");
  const reading = userbar?.shadowRoot?.querySelector("template[data-reading]");
  const results = document.querySelector("[data-reading-results]");
  if (reading && results) {
    results.replaceChildren(document.importNode(reading.content, true));
  }
});
