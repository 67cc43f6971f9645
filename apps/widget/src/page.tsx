import "./document.css";
import { Page } from "./components/Page.tsx";
import { readConfig } from "./config.ts";
import { mount, whenReady } from "./mount.ts";
import page from "./page.css?inline";
import css from "./style.css?inline";

/** The page of a bot's own, `/c/…`: the same chat, open, over the whole window. */
const config = readConfig();
if (config) {
  whenReady(() => {
    const nothing = () => {}; // it neither opens nor closes
    const mounted = mount(config, css + page, (props) => (
      <Page {...props} onOpen={nothing} onClose={nothing} />
    ));
    if (!mounted) return;
    mounted.chat.open();
    mounted.draw();
    // a phone would cover half of the page with its keyboard
    if (matchMedia("(pointer: fine)").matches) mounted.root.querySelector("textarea")?.focus();
  });
}
