// Copies the readability results from the preview page to the editor's checks panel.
document.addEventListener("w-preview:content", () => {
  const frame = document.getElementById("w-preview-iframe");
  const userbar = frame?.contentDocument?.querySelector("wagtail-userbar");
  const reading = userbar?.shadowRoot?.querySelector("template[data-reading]");
  const results = document.querySelector("[data-reading-results]");
  if (reading && results) {
    results.replaceChildren(document.importNode(reading.content, true));
  }
});
