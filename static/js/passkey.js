// Joins the buttons to allauth's part for passkeys, where the browser has them; says it in words when one was not used.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
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
