// post sends a form as the person, and returns what came of it: kind, or error
// and faults by field.
export const trouble = document.getElementById("trouble") ?? document.createElement("p");

export async function post(form, submitter, words) {
  const said = document.getElementById("said");
  const body = new URLSearchParams(new FormData(form, submitter?.form === form ? submitter : null));
  said.textContent = words.sending;
  trouble.textContent = "";
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : { error: words.failed };
    if (answer.error && !form.matches(".modal, .command")) trouble.textContent = answer.error;
    return answer;
  } catch {
    trouble.textContent = words.failed;
    return { error: words.failed };
  } finally {
    said.textContent = "";
  }
}

// showFaults puts what is wrong beside each field, and goes to the first.
export function showFaults(form, answer) {
  const box = form.querySelector(".trouble");
  box.textContent = answer.error ?? "";
  let first = null;
  for (const field of form.querySelectorAll("[data-field]")) {
    const fault = answer.faults?.[field.dataset.field] ?? "";
    field.querySelector(".fault").textContent = fault;
    const input = field.querySelector("input:not([type=hidden]), select, textarea");
    if (fault) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
    if (fault && !first) first = input;
  }
  first?.focus();
}
