// Replaces a text field with an editable element, so that pasted lists, tables and links are kept. The field gets the HTML on
// submit.
document.addEventListener("DOMContentLoaded", () => {
  const field = document.querySelector("[data-takes-formatted-text]");
  if (!field) return;
  const isHtml = field.form.elements.is_html;
  const box = document.createElement("div");
  box.contentEditable = "true";
  box.className = "import-paste";
  box.setAttribute("role", "textbox");
  box.setAttribute("aria-multiline", "true");
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (field.hasAttribute(name)) box.setAttribute(name, field.getAttribute(name));
  }
  const label = document.querySelector(`label[for="${field.id}"]`);
  if (label) {
    label.id ||= `${field.id}-label`;
    box.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => box.focus());
  }
  // After an error, the field contains the pasted HTML. DOMParser runs and loads nothing in it.
  const parsed = new DOMParser().parseFromString(field.value, "text/html");
  if (isHtml.value === "True") box.append(...parsed.body.childNodes);
  else box.textContent = field.value;
  field.hidden = true;
  field.after(box);
  field.form.addEventListener("submit", () => {
    const formatted = box.querySelector("p, ul, ol, table, h1, h2, h3, h4, a, b, strong, em") !== null;
    isHtml.value = formatted ? "True" : "";
    field.value = formatted ? box.innerHTML : box.innerText;
  });
});
