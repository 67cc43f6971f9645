import { render, type VNode } from "preact";
import { createApi } from "./api.ts";
import { type Chat, createChat } from "./chat.ts";
import type { Config } from "./config.ts";
import type { State } from "./state.ts";
import { createStorage } from "./storage.ts";
import { type Translate, translator } from "./strings.ts";

const TAG = "parlance-chat";
/** Nearer than this to the end, in pixels, the log follows new text; further up the reader is left alone. */
const FOLLOW_WITHIN = 80;

export interface Mounted {
  root: ShadowRoot;
  chat: Chat;
  /** Draws at once instead of with the next frame. */
  draw(): void;
}

/**
 * Puts the chat at the end of the page, in a tree of its own, and draws it after each change. Its styles
 * are adopted, not written into the page, so that a content security policy without `unsafe-inline` lets
 * them pass. Undefined where the page has it already: one that includes the script twice gets one chat.
 */
export function mount(
  config: Config,
  css: string,
  view: (props: { state: State; t: Translate; chat: Chat }) => VNode,
): Mounted | undefined {
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
  const chat = createChat(config, createApi(config), createStorage(config.widgetId), drawSoon);

  function draw(): void {
    drawing = 0;
    const { state } = chat;
    const log = root.querySelector(".log");
    const near = log && log.scrollHeight - log.scrollTop - log.clientHeight < FOLLOW_WITHIN;
    host.lang = state.locale;
    // The page places the host by the host's own direction, not by that of what is inside.
    host.dir = state.locale === "ar" ? "rtl" : "ltr";
    const focused = root.activeElement;
    render(view({ state, t: translator(state.locale), chat }), root);
    // The control that had the focus is gone, for what it did is done.
    if (focused && !root.activeElement) root.querySelector<HTMLElement>(".log")?.focus();
    if (log && (near || state.messages.at(-1)?.role === "user")) log.scrollTop = log.scrollHeight;
  }

  // A phone's keyboard covers the page without changing `dvh`: follow what is really visible.
  const viewport = visualViewport;
  viewport?.addEventListener("resize", () => {
    host.style.setProperty("--visible", `${viewport.height * viewport.scale}px`);
    drawSoon();
  });
  draw();
  document.body.append(host);
  return { root, chat, draw };
}

/** Starts once the page has a body. */
export function whenReady(start: () => void): void {
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
}
