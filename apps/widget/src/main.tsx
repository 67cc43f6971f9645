import { App } from "./components/App.tsx";
import { readConfig } from "./config.ts";
import { mount, whenReady } from "./mount.ts";
import css from "./style.css?inline";

declare global {
  interface Window {
    /** Lets the host page open and close the chat, for instance from a link of its own, and say who its visitor is. */
    Parlance?: { open(): void; close(): void; identify(token: string): void };
  }
}

const config = readConfig();
if (config) {
  whenReady(() => {
    const mounted = mount(config, css, (props) => <App {...props} onOpen={() => open()} onClose={close} />);
    if (!mounted) return;
    const { root, chat, draw } = mounted;

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

    window.Parlance = { open, close, identify: chat.identify };
    if (config.open) open(false);
  });
}
