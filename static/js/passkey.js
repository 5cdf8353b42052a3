// Connects the passkey buttons to allauth's script if the browser supports passkeys, and shows errors.
if (window.PublicKeyCredential) {
  for (const section of document.querySelectorAll("[data-passkeys]")) section.hidden = false;
}
for (const button of document.querySelectorAll("[data-passkey]")) {
  const { passkey, credential, passwordless } = button.dataset;
  const ids = { login: button.id, authenticate: button.id, add: button.id, credential, passwordless, data: "passkey-data" };
  window.allauth.webauthn.forms[passkey]({ ids });
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("passkey-problem");
  document.querySelector("h1").after(problem);
  problem.hidden = false;
  problem.scrollIntoView({ block: "nearest" });
});
