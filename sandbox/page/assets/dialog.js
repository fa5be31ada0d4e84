// Forms that the bot opens lie above the page, and closing one tells the
// server.
export function openDialogs() {
  for (const dialog of document.querySelectorAll("#screen dialog:not([data-shown])")) {
    dialog.dataset.shown = "";
    dialog.removeAttribute("open");
    dialog.showModal();
    dialog.querySelector("[data-field] input:not([type=hidden]), [data-field] textarea, [data-field] select")?.focus();
    dialog.addEventListener("cancel", (e) => {
      e.preventDefault();
      dialog.querySelector("[data-dismiss]").click();
    });
  }
}

// countLetters shows how many letters a field still takes, and says it when
// few are left.
export function countLetters(root, words) {
  for (const input of root.querySelectorAll("[data-count]:not([data-counted])")) {
    input.dataset.counted = "";
    const most = input.maxLength;
    const shown = document.createElement("p");
    shown.className = "counter";
    shown.ariaHidden = "true";
    const spoken = document.createElement("span");
    spoken.className = "vh";
    spoken.setAttribute("role", "status");
    input.after(shown, spoken);
    const count = () => {
      const n = [...input.value].length;
      shown.textContent = `${n} / ${most}`;
      shown.classList.toggle("few", most - n < 10);
      spoken.textContent = most - n < 10 ? `${most - n} ${words.left}` : "";
    };
    input.addEventListener("input", count);
    count();
  }
}
