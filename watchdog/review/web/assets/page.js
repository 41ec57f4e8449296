// What makes the page smoother; everything works without it.
"use strict";

function revealed(root) {
  root.querySelector(".top [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  for (const button of root.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
  for (const form of root.querySelectorAll("form[data-draft]")) drafted(form);
}

async function copied(button) {
  const field = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.focus();
    field.select();
    document.execCommand("copy");
  }
  const before = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = before; }, 2000);
}

// A report speaks of the moment it was downloaded: the oldest of the chosen files tells it.
function dated(input) {
  const seen = input.form.querySelector("[data-seen]");
  const times = Array.from(input.files, (file) => file.lastModified).filter(Boolean);
  if (!seen || !times.length) return;
  const moment = new Date(Math.min(...times));
  moment.setMinutes(moment.getMinutes() - moment.getTimezoneOffset());
  seen.value = moment.toISOString().slice(0, 16);
}

// What was typed into a long form outlives a reload and an expired session, in this tab alone; confirmations are given anew.
function drafted(form) {
  const key = "draft:" + form.dataset.draft;
  const fields = Array.from(form.elements).filter((field) => field.name && ["textarea", "text", "date", "month"].includes(field.type));
  const keep = () => sessionStorage.setItem(key, JSON.stringify(fields.map((field) => [field.name, field.value])));
  if (form.dataset.draftState === "done") sessionStorage.removeItem(key);
  if (form.dataset.draftState === "typed") keep();
  const before = new Map(JSON.parse(sessionStorage.getItem(key) || "[]"));
  for (const field of fields) field.value ||= before.get(field.name) || "";
  form.addEventListener("input", keep);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.copy) copied(button);
  if (button && "print" in button.dataset) window.print();
});
document.addEventListener("change", (event) => {
  if (event.target.type === "file") dated(event.target);
});
for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("over", name === "dragenter" || name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) {
      const input = zone.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      dated(input);
    }
  });
}
document.addEventListener("DOMContentLoaded", () => revealed(document));
document.addEventListener("htmx:afterSettle", () => revealed(document));
// After a form or a link the reader goes on from the top of the new page.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.boosted) document.getElementById("content")?.focus({ preventScroll: true });
});
