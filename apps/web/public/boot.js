/*
 * Runs before the first paint, so that nobody sees the wrong theme or direction flash by.
 * It is a file of its own because the Content-Security-Policy forbids inline scripts.
 * The same two keys are read and written by src/lib/preferences.ts.
 */
(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is blocked: the defaults hold
    }
  };
  const root = document.documentElement;
  const theme = read("parlance.theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  const known = ["en", "fr", "ar"];
  const wanted = [read("parlance.language"), ...(navigator.languages ?? [])];
  const language = wanted.map((tag) => (tag ?? "").slice(0, 2)).find((tag) => known.includes(tag)) ?? "en";
  root.lang = language;
  root.dir = language === "ar" ? "rtl" : "ltr";
})();
