// Before the first paint, so that the page never flashes in the other theme or language: what the link or the visitor
// chose (the key is src/state/preferences.ts's), else the first of the browser's languages that there are words for.
{
  const root = document.documentElement;
  let chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem("lamina.preferences")) ?? {};
  } catch {
    // No storage: all is as the system says.
  }
  const language = [new URLSearchParams(location.hash).get("lang"), chosen.locale, ...navigator.languages].find((tag) =>
    /^(en|zh)\b/i.test(tag ?? ""),
  );
  root.lang = /^zh/i.test(language ?? "en") ? "zh-CN" : "en";
  if (chosen.theme === "light" || chosen.theme === "dark") root.dataset.theme = chosen.theme;
}
