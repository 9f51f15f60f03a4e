// What the page does beyond plain links and forms: keys, drop, polling, focus. Without it all works.
"use strict";

const begun = performance.now();
const typing = "input:not([type=checkbox]):not([type=radio]):not([type=file]), textarea, select, [contenteditable]";
const said = (name, file) => document.body.dataset[name].replace("%s", file);

// Keys: what carries data-key is pressed by that key, and by no key while somebody types.
let keysOff = false;
try { keysOff = localStorage.getItem("keys") === "off"; } catch { /* a browser that keeps nothing */ }
document.documentElement.classList.toggle("no-keys", keysOff);

function keyOf(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return null;
  const at = event.target;
  if (at instanceof Element && at.closest(typing) && event.key !== "Escape") return null;
  // Enter and space already press what has the focus.
  if (event.key === "Enter" && at instanceof Element && at.closest("a, button, summary")) return null;
  return event.key;
}

document.addEventListener("keydown", (event) => {
  // Escape leaves the field: the keys are there again.
  if (event.key === "Escape" && event.target.closest?.(typing)) event.target.blur();
  const key = keyOf(event);
  if (key === null || (keysOff && key.length === 1)) return;
  for (const found of document.querySelectorAll("[data-key]")) {
    const keys = found.dataset.key.split(" ");
    if (!keys.includes(key) || found.closest("[hidden], [disabled], dialog:not([open])")) continue;
    event.preventDefault();
    // A key pressed twice in haste decides once: what came in between was not looked at.
    if (found.matches("button") && performance.now() - begun < 350) return;
    if (found.matches(typing)) found.focus();
    else found.click();
    return;
  }
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("[data-keys-switch]")) return;
  keysOff = !keysOff;
  document.documentElement.classList.toggle("no-keys", keysOff);
  event.target.closest("[data-keys-switch]").setAttribute("aria-pressed", String(!keysOff));
  try { localStorage.setItem("keys", keysOff ? "off" : "on"); } catch { /* the same */ }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (event.target.dataset.sent) event.preventDefault();
  else if (event.target.method === "post") event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Polling: a part of the screen is asked for again while it holds what carries data-again.
async function refresh(part) {
  const answer = await fetch(part.dataset.poll, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const text = await answer.text();
  if (part.dataset.shown === text) return;
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  part.dataset.shown = text;
  part.innerHTML = text;
  // The focus stays: on the same button where it is still there, else on the part.
  const again = focused && [...part.querySelectorAll("button, a")].find(
    (one) => one.value === focused.value && one.textContent === focused.textContent);
  if (again) again.focus();
  else if (focused) { part.tabIndex = -1; part.focus(); }
}

async function poll(part) {
  let wait = 700, polled = false;
  while (part.isConnected && (part.matches("[data-again]") || part.querySelector("[data-again]"))) {
    await new Promise((over) => setTimeout(over, wait));
    part.removeAttribute("data-again");
    polled = true;
    try { await refresh(part); wait = 700; } catch { wait = Math.min(wait * 2, 10000); part.dataset.again = ""; }
  }
  // What was waited for may have changed what stands beside it.
  if (polled) for (const other of document.querySelectorAll(`[data-follows=${part.id}]`)) refresh(other);
}
for (const part of document.querySelectorAll("[data-poll]")) poll(part);

// Drop: each file is sent alone, so that one that fails takes no other along.
const largest = 1e9;
async function send(files) {
  const part = document.getElementById("progress");
  const list = document.getElementById(part ? "sending" : "told");
  for (const file of files) {
    const line = list.appendChild(document.createElement(part ? "li" : "p"));
    line.textContent = said(file.size > largest ? "tooLarge" : "sending", file.name);
    if (file.size > largest) continue;
    const form = new FormData();
    form.append("file", file);
    try {
      const answer = await fetch("/drop", { method: "POST", body: form });
      if (!answer.ok) throw new Error();
      if (part) line.remove();
      else line.textContent = said("sent", file.name);
    } catch { line.textContent = said("notSent", file.name); }
  }
  if (!part) return;
  part.dataset.again = "";
  await refresh(part);
  poll(part);
}

const holdsFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
document.addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
});
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  document.body.classList.remove("dropping");
  send([...event.dataTransfer.files]);
});
document.querySelector("form.drop")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = event.target.querySelector("input[type=file]");
  const files = [...chosen.files];
  event.target.reset();
  send(files);
});

// What was refused, else what was asked for, has the focus.
document.getElementById("problem")?.focus();
