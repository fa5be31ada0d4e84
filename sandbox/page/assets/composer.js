// The command bar: "/" lists the commands, and choosing one shows its options.
import { combobox } from "./combobox.js";
import { countLetters } from "./dialog.js";
import { post } from "./send.js";

export function startComposer(words) {
  const composer = document.getElementById("composer");
  const input = document.getElementById("write");
  const place = document.getElementById("command");
  const said = document.getElementById("said");
  let loading = null;
  let offered = [];

  const box = combobox(input, document.getElementById("offers"), async (i) => {
    const found = await matching(); // what is listed may be a letter behind
    open(found.some((c) => c.path === offered[i].path) ? offered[i] : found[0] ?? offered[i]);
  });

  const load = () => fetch(composer.dataset.commands, { headers: { Accept: "application/json" } }).then((r) => r.json());

  // matching are the commands for what is typed when they have come.
  async function matching() {
    const commands = await (loading ??= load());
    const typed = input.value.slice(1).trimEnd().toLowerCase();
    const rank = (c) => {
      const names = [c.name.toLowerCase(), c.path.toLowerCase()];
      if (names.some((n) => n.startsWith(typed))) return 0;
      return names.some((n) => n.includes(typed)) || c.description.toLowerCase().includes(typed) ? 1 : 2;
    };
    return commands.filter((c) => rank(c) < 2).sort((a, b) => rank(a) - rank(b));
  }

  async function offer() {
    if (!input.value.startsWith("/")) return box.close();
    const typed = input.value;
    const found = await matching();
    if (typed !== input.value) return; // a later letter has asked anew
    offered = found;
    box.show(offered.map((c) => ({ title: "/" + c.name, detail: c.description })), true);
    said.textContent = offered.length ? `${offered.length} ${words.matches}` : words.no_match;
  }

  async function open(command) {
    box.close();
    input.value = "";
    const html = await fetch(command.href + "?part=1").then((r) => r.text());
    place.innerHTML = html;
    countLetters(place, words);
    for (const field of place.querySelectorAll("[data-complete]")) suggest(field, words);
    (place.querySelector("[data-field] input:not([type=hidden]), [data-field] select") ?? place.querySelector("[data-run]")).focus();
  }

  function cancel() {
    place.replaceChildren();
    input.focus();
  }

  input.addEventListener("input", offer);
  input.addEventListener("focus", () => { loading = null; }); // they may have changed
  place.addEventListener("click", (e) => e.target.closest("[data-cancel]") && cancel());
  place.addEventListener("keydown", (e) => e.key === "Escape" && cancel());
  document.getElementById("all-commands").addEventListener("click", (e) => {
    e.preventDefault();
    input.focus();
    input.value = "/";
    offer();
  });
  composer.addEventListener("submit", async (e) => {
    e.preventDefault();
    if (input.value.startsWith("/")) {
      const [first] = await matching();
      return first && open(first);
    }
    const sent = input.value;
    if (sent.trim() === "") return;
    const answer = await post(composer, null, words);
    if (!answer.error && input.value === sent) input.value = "";
  });
}

// suggest asks the bot for suggestions while one types in an option.
function suggest(input, words) {
  const form = input.form;
  const hidden = form.elements["v." + input.dataset.option];
  const list = document.createElement("ul");
  const said = document.getElementById("said");
  list.id = input.id + "-list";
  list.setAttribute("role", "listbox");
  list.ariaLabel = input.labels[0]?.textContent ?? "";
  list.hidden = true;
  input.after(list);
  input.closest(".complete").querySelector(".look")?.remove();
  let waiting = null;
  let asked = null;
  let choices = [];
  const box = combobox(input, list, (i) => {
    input.value = choices[i].name;
    hidden.value = choices[i].value;
    box.close();
  });

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set("option", input.dataset.option);
    said.textContent = words.searching;
    try {
      const response = await fetch(input.dataset.complete, { method: "POST", body, headers: { Accept: "application/json" }, signal: asked.signal });
      choices = response.ok ? await response.json() : [];
    } catch {
      return; // a later letter has asked anew
    }
    if (document.activeElement !== input) return;
    box.show(choices.map((c) => ({ title: c.name })), false);
    said.textContent = choices.length ? `${choices.length} ${words.matches}` : words.no_match;
  }

  const soon = (wait) => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, wait);
  };
  input.addEventListener("input", () => {
    hidden.value = "";
    soon(150);
  });
  input.addEventListener("focus", () => soon(0));
}
