// Before the first paint, so that the page never flashes in the other theme. The key is src/state/preferences.ts's.
try {
  const { theme, locale } = JSON.parse(localStorage.getItem("lamina.preferences") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (locale) document.documentElement.lang = locale;
} catch {
  // No storage: the system's theme is used.
}
