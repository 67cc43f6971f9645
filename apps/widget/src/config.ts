/** What the page's script tag asks for. */
export interface Config {
  widgetId: string;
  /** The server's origin, without a trailing slash. */
  api: string;
  /** In which language the site wants it, whatever the visitor reads. */
  locale: string | undefined;
  /** Open the panel at load. */
  open: boolean;
  /** The tenant's colour and greeting, for a first visit before any network. */
  color: string | undefined;
  greeting: string | undefined;
  /** Who the visitor is, signed by the page's server; the page may say it later. */
  identity: string | undefined;
}

/**
 * Reads `<script src data-widget data-locale data-api data-open data-color data-greeting data-identity>`.
 * Undefined when no tag names a widget. `document.currentScript` is null in a module script, hence the search.
 */
export function readConfig(): Config | undefined {
  const current = document.currentScript;
  const script =
    current instanceof HTMLScriptElement && current.dataset.widget
      ? current
      : document.querySelector<HTMLScriptElement>("script[data-widget]");
  const { widget, api, locale, color, greeting, identity, open } = script?.dataset ?? {};
  if (!script || !widget) return undefined;
  return {
    widgetId: widget,
    api: (api ?? new URL(script.src, location.href).origin).replace(/\/$/, ""),
    locale,
    open: open !== undefined,
    color,
    greeting,
    identity,
  };
}
