// A click beside a reviewer's dialog, or Escape, would close it: ask first if there's a note in it.
jQuery(document).on("hide.bs.modal", ".modal", (event) => {
  const form = event.currentTarget.querySelector("form[data-keep-note]");
  const note = form?.querySelector("textarea")?.value.trim();
  if (note && !confirm(form.dataset.keepNote)) event.preventDefault();
});
