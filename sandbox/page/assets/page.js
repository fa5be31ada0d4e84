// The page works without this: it makes it live. Regions are replaced when the
// server says that they changed, forms are sent without leaving the page, and
// "/" offers commands.
import { speakTimes } from "./times.js";
import { post, showFaults, trouble } from "./send.js";
import { swap } from "./swap.js";
import { startComposer } from "./composer.js";
import { openDialogs, countLetters } from "./dialog.js";

const words = JSON.parse(document.documentElement.dataset.words);
const scroll = document.querySelector(".scroll");

document.documentElement.classList.add("live");
speakTimes(document);
countLetters(document, words);

let source = null;
let resting = null;

// A browser has few connections to one place, so a tab that nobody looks at
// gives its own back after a while.
document.addEventListener("visibilitychange", () => {
  clearTimeout(resting);
  if (!source) return;
  if (document.hidden) resting = setTimeout(() => source.close(), 20_000);
  else if (source.readyState === EventSource.CLOSED) listen();
});

function listen() {
  source = new EventSource(document.body.dataset.live);
  source.addEventListener("region", (e) => {
    const { id, html } = JSON.parse(e.data);
    const atEnd = isAtEnd();
    const grown = swap(document.getElementById(id), html);
    speakTimes(document.getElementById(id));
    if (id === "screen") {
      openDialogs();
      countLetters(document, words);
    }
    if (id === "log") {
      document.querySelector(".empty").hidden = document.getElementById("log").children.length > 0;
      if (grown && !atEnd) document.getElementById("jump").hidden = false;
      if (atEnd) toEnd();
    }
  });
  source.addEventListener("seen", () => {
    document.body.dataset.connected = "true";
    if (trouble.textContent === words.lost) trouble.textContent = "";
  });
  source.addEventListener("gone", () => location.assign("../"));
  source.onerror = () => {
    delete document.body.dataset.connected;
    trouble.textContent = words.lost;
    if (source.readyState === EventSource.CLOSED) location.assign("/"); // it is another world now
  };
}

function isAtEnd() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
}

function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
  document.getElementById("jump").hidden = true;
}

scroll?.addEventListener("scroll", () => {
  if (isAtEnd()) document.getElementById("jump").hidden = true;
});
scroll?.addEventListener("load", () => isAtEnd() && toEnd(), true); // pictures grow
document.getElementById("jump")?.addEventListener("click", toEnd);

// Forms on messages, modals and commands are sent from here.
document.addEventListener("submit", async (e) => {
  const form = e.target;
  if (!form.matches(".press, .menu, .modal, .command, [data-quiet]") || !document.body.dataset.live) return;
  e.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const answer = await post(form, e.submitter, words);
  form.removeAttribute("aria-busy");
  if (form.matches(".modal, .command")) {
    showFaults(form, answer);
    if (!answer.error && form.matches(".command")) {
      form.remove();
      document.getElementById("write").focus();
      toEnd();
    }
  }
});

document.addEventListener("click", (e) => {
  if (e.target.closest(".spoiler")) e.target.closest(".spoiler").classList.add("shown");
});

if (document.body.dataset.live) {
  openDialogs();
  startComposer(words);
  toEnd();
  listen();
  setInterval(() => speakTimes(document, "R"), 30_000);
}
