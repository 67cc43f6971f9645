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

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [asciiOnly()],
  // The classic JSX calls are smaller than the automatic ones; `h` and `Fragment` are imported for them.
  oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
  build: {
    rolldownOptions: { transform: { inject: { h: ["preact", "h"], Fragment: ["preact", "Fragment"] } } },
    target: "esnext",
    lib: { entry: "src/main.tsx", formats: ["iife"], name: "ParlanceWidget", fileName: () => "widget.js" },
  },
});
