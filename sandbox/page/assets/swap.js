// swap brings a region up to date part by part, so that whoever is typing,
// reading or listening elsewhere in it is not disturbed. It says whether there
// is more than before.
export function swap(region, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const old = new Map([...region.children].map((part) => [part.dataset.key, part]));
  const focused = region.contains(document.activeElement) ? document.activeElement : null;
  const back = document.activeElement?.closest("dialog") ? null : focused?.id;
  let at = region.firstElementChild;
  let grown = false;
  for (const part of [...fresh.content.children]) {
    let now = old.get(part.dataset.key);
    old.delete(part.dataset.key);
    if (!now) {
      region.insertBefore(part, at);
      grown = true;
      continue;
    }
    if (now === at) at = at.nextElementSibling;
    else region.insertBefore(now, at);
    if (now.dataset.rev !== part.dataset.rev) {
      keepTyped(now, part);
      now.replaceWith(part);
    }
  }
  for (const gone of old.values()) {
    for (const dialog of gone.querySelectorAll("dialog[open]")) dialog.close();
    gone.remove();
  }
  if (focused && !focused.isConnected) find(back, focused)?.focus({ preventScroll: true });
  return grown;
}

// keepTyped carries over what was typed or chosen and not yet sent.
function keepTyped(from, to) {
  for (const was of from.querySelectorAll("input[id], textarea[id], select[id]")) {
    const now = to.querySelector("#" + CSS.escape(was.id));
    if (!now) continue;
    if (was.type === "checkbox" || was.type === "radio") {
      if (was.checked !== was.defaultChecked) now.checked = was.checked;
    } else if (was.tagName === "SELECT") {
      const first = [...was.options].find((o) => o.defaultSelected) ?? was.options[0];
      if (was.value !== first?.value && [...now.options].some((o) => o.value === was.value)) now.value = was.value;
    } else if (was.value !== was.defaultValue) {
      now.value = was.value;
    }
  }
  for (const was of from.querySelectorAll("details[open]")) {
    const i = [...from.querySelectorAll("details")].indexOf(was);
    to.querySelectorAll("details")[i]?.setAttribute("open", "");
  }
}

// find is where the focus goes when what had it was replaced: its successor,
// or what leads to the same place, or else the message it was in.
function find(id, was) {
  const href = was.getAttribute?.("href");
  return (id && document.getElementById(id)) ||
    (href && document.querySelector(`a[href="${CSS.escape(href)}"]`)) ||
    document.querySelector(".scroll");
}
