// Times in the language of the person's client, and in the world's zone or,
// where it names none, in the browser's.
const page = document.documentElement.dataset;
const ahead = Number(page.now) * 1000 - Date.now(); // the world's clock may be another
const styles = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
const units = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];

export function speakTimes(root, only) {
  for (const time of root.querySelectorAll("time[data-at]")) {
    const style = time.dataset.style;
    if (only && style !== only) continue;
    try {
      const said = say(Number(time.dataset.at), style);
      if (said !== time.textContent) time.textContent = said;
      time.title = format(Number(time.dataset.at), styles.F);
    } catch {
      return; // a zone or language that the browser does not know: the server's words stay
    }
  }
}

function say(at, style) {
  if (style !== "R") return format(at, styles[style] ?? styles.f);
  const seconds = at - (Date.now() + ahead) / 1000;
  const [unit, length] = units.find(([, n]) => Math.abs(seconds) >= n) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(page.locale, { numeric: "auto" }).format(Math.trunc(seconds / length), unit);
}

function format(at, how) {
  const zone = page.zone ? { timeZone: page.zone } : {};
  return new Intl.DateTimeFormat(page.locale, { ...how, ...zone }).format(new Date(at * 1000));
}
