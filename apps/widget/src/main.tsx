import { render } from "preact";
import { createApi } from "./api.ts";
import { createChat } from "./chat.ts";
import { App } from "./components/App.tsx";
import { type Config, readConfig } from "./config.ts";
import { createStorage } from "./storage.ts";
import { translator } from "./strings.ts";
import css from "./style.css?inline";

const TAG = "parlance-chat";
/** Nearer than this to the end, in pixels, the log follows new text; further up the reader is left alone. */
const FOLLOW_WITHIN = 80;

declare global {
  interface Window {
    /** Lets the host page open and close the chat, for instance from a link of its own. */
    Parlance?: { open(): void; close(): void };
  }
}

/**
 * Puts the widget at the end of the page. Its styles are adopted, not written into the page, so that
 * a content security policy without `unsafe-inline` lets them pass.
 */
function mount(config: Config): void {
  // A page that includes the script twice gets one widget.
  if (document.querySelector(TAG)) return;
  const host = document.createElement(TAG);
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  let drawing = 0;
  const drawSoon = () => {
    if (!drawing) drawing = requestAnimationFrame(draw);
  };
  const chat = createChat(
    config,
    createApi(config.api, config.widgetId),
    createStorage(config.widgetId),
    drawSoon,
  );

  function draw(): void {
    drawing = 0;
    const { state } = chat;
    const log = root.querySelector(".log");
    const near = log && log.scrollHeight - log.scrollTop - log.clientHeight < FOLLOW_WITHIN;
    host.lang = state.locale;
    // The page places the host by the host's own direction, not by that of what is inside.
    host.dir = state.locale === "ar" ? "rtl" : "ltr";
    const t = translator(state.locale);
    const focused = root.activeElement;
    render(<App state={state} t={t} chat={chat} onOpen={() => open()} onClose={close} />, root);
    // The control that had the focus is gone, for what it did is done.
    if (focused && !root.activeElement) root.querySelector<HTMLElement>(".log")?.focus();
    if (log && (near || state.messages.at(-1)?.role === "user")) log.scrollTop = log.scrollHeight;
  }

  /** Draws at once: a phone shows its keyboard only for a focus within the tap itself. */
  function open(focus = true): void {
    chat.open();
    draw();
    if (focus) root.querySelector("textarea")?.focus();
  }

  function close(): void {
    chat.close();
    draw();
    root.querySelector<HTMLElement>(".launcher")?.focus();
  }

  // A phone's keyboard covers the page without changing `dvh`: follow what is really visible.
  const viewport = visualViewport;
  viewport?.addEventListener("resize", () => {
    host.style.setProperty("--visible", `${viewport.height * viewport.scale}px`);
    drawSoon();
  });
  window.Parlance = { open, close };
  draw();
  document.body.append(host);
  if (config.open) open(false);
}

const config = readConfig();
if (config) {
  if (document.body) mount(config);
  else document.addEventListener("DOMContentLoaded", () => mount(config));
}
