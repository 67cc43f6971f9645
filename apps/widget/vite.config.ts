import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/**
 * Escapes every character above ASCII, so that the Arabic and French strings survive a host that
 * serves the script without a charset. Such characters stand in string literals only.
 */
function asciiOnly(): Plugin {
  return {
    name: "ascii-only",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        file.code = file.code.replace(
          /[^\0-\x7f]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
      }
    },
  };
}

/** `widget.js` for other people's pages; with `--mode page`, beside it, `chat.js` and `chat.css` for our own. */
const outputs = {
  widget: { entry: "src/main.tsx", name: "ParlanceWidget", file: "widget" },
  page: { entry: "src/page.tsx", name: "ParlanceChat", file: "chat" },
};

export default defineConfig(({ mode }) => {
  const { entry, name, file } = outputs[mode === "page" ? "page" : "widget"];
  return {
    root: fileURLToPath(new URL(".", import.meta.url)),
    plugins: [asciiOnly()],
    // The classic JSX calls are smaller than the automatic ones; `h` and `Fragment` are imported for them.
    oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
    build: {
      rolldownOptions: { transform: { inject: { h: ["preact", "h"], Fragment: ["preact", "Fragment"] } } },
      target: "esnext",
      emptyOutDir: mode !== "page",
      lib: { entry, formats: ["iife"], name, fileName: () => `${file}.js`, cssFileName: file },
    },
  };
});
