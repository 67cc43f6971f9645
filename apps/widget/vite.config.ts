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

/** From the letters and marks of Arabic, U+0621 to U+0652, down to `A` to `r`. */
const SHIFT = 0x621 - 0x41;

/**
 * Writes the Arabic words of `strings.ts` by letters of ASCII, a byte for six of an escape, and has them read back when
 * the script starts.
 */
function shortArabic(): Plugin {
  return {
    name: "short-arabic",
    enforce: "pre",
    transform(code, id) {
      if (!/\/src\/strings\.ts$/.test(id)) return undefined;
      const shorter = code.replace(/"[^"\n]*[\u0621-\u0652][^"\n]*"/g, (words) => {
        if (/[A-r]/.test(words)) this.error(`Arabic words cannot hold letters of ASCII: ${words}`);
        return words.replace(/[\u0621-\u0652]/g, (letter) =>
          String.fromCharCode(letter.charCodeAt(0) - SHIFT),
        );
      });
      return `${shorter}
for (const words of Object.values(WORDS)) words[2] = words[2].replace(/[A-r]/g, (letter) =>
  String.fromCharCode(letter.charCodeAt() + ${SHIFT}));`;
    },
  };
}

/**
 * `widget.js` for other people's pages. Beside it, with `--mode page`, `chat.js` and `chat.css` for our own; and what both
 * load later: with `--mode survey`, `survey.js` where there is something to ask; with `--mode files`, `files.js` when the
 * chat is opened; with `--mode passage`, `passage.js` when a citation is.
 */
const outputs = {
  widget: { entry: "src/main.tsx", name: "ParlanceWidget", file: "widget", format: "iife" },
  page: { entry: "src/page.tsx", name: "ParlanceChat", file: "chat", format: "iife" },
  survey: { entry: "src/survey.ts", name: "ParlanceSurvey", file: "survey", format: "es" },
  files: { entry: "src/files.ts", name: "ParlanceFiles", file: "files", format: "es" },
  passage: { entry: "src/passage.ts", name: "ParlancePassage", file: "passage", format: "es" },
} as const;

function isOutput(mode: string): mode is keyof typeof outputs {
  return Object.hasOwn(outputs, mode);
}

export default defineConfig(({ mode }) => {
  const { entry, name, file, format } = isOutput(mode) ? outputs[mode] : outputs.widget;
  return {
    root: fileURLToPath(new URL(".", import.meta.url)),
    plugins: [shortArabic(), asciiOnly()],
    // The classic JSX calls are smaller than the automatic ones; `h` and `Fragment` are imported for them.
    oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
    build: {
      rolldownOptions: { transform: { inject: { h: ["preact", "h"], Fragment: ["preact", "Fragment"] } } },
      target: "esnext",
      emptyOutDir: file === "widget",
      lib: { entry, formats: [format], name, fileName: () => `${file}.js`, cssFileName: file },
    },
  };
});
