// A text field with a list below it, by keyboard and pointer: arrows move,
// Enter chooses, Escape closes.
export function combobox(input, list, choose) {
  let at = -1;
  let taken = false;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  const options = () => [...list.querySelectorAll("[role=option]")];

  function move(to) {
    const all = options();
    at = all.length ? (to + all.length) % all.length : -1;
    all.forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  // show fills the list: lines have a title and maybe a detail.
  function show(lines, pick) {
    list.replaceChildren(...lines.map((line, i) => {
      const li = document.createElement("li");
      li.id = `${list.id}-${i}`;
      li.setAttribute("role", "option");
      const title = document.createElement("bdi");
      title.textContent = line.title;
      li.append(title);
      if (line.detail) {
        const detail = document.createElement("small");
        detail.dir = "auto";
        detail.textContent = line.detail;
        li.append(detail);
      }
      li.addEventListener("mousedown", (e) => e.preventDefault());
      li.addEventListener("click", () => choose(i));
      return li;
    }));
    list.hidden = lines.length === 0;
    input.setAttribute("aria-expanded", String(lines.length > 0));
    if (pick) return move(0);
    at = -1;
    input.removeAttribute("aria-activedescendant");
  }

  input.addEventListener("keydown", (e) => {
    if (list.hidden || e.isComposing) return;
    if (e.key === "ArrowDown") move(at + 1);
    else if (e.key === "ArrowUp") move(at - 1);
    else if (e.key === "Escape") close();
    else if (e.key === "Enter" && at >= 0) choose(at);
    else return;
    e.preventDefault();
    e.stopPropagation();
    taken = e.key === "Enter";
  });
  // Some keyboards send the letter even so, and it would submit the form.
  input.addEventListener("keypress", (e) => {
    if (taken && e.key === "Enter") e.preventDefault();
    taken = false;
  });
  input.addEventListener("blur", () => close());
  return { show, close };
}
