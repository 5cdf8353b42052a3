// Confirm before a reviewer's dialog with a note is closed by Escape or a click outside of it.
jQuery(document).on("hide.bs.modal", ".modal", (event) => {
  const form = event.currentTarget.querySelector("form[data-keep-note]");
  const note = form?.querySelector("textarea")?.value.trim();
  if (note && !confirm(form.dataset.keepNote)) event.preventDefault();
});
