import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://127.0.0.1:3000";

const foundation =
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@trpc|@tanstack\/(history|query-core|react-query|react-router|react-store|router-core|store))\//;

/** The icons of the frame and of the list of bots: together they are smaller than one by one. */
const firstIcons =
  /lucide-react\/dist\/esm\/(icons\/(badge-check|bot|chart-column|circle-ellipsis|ellipsis|inbox|plus|search|search-x|settings|shield-check|trash-2|wrench)|[^/]+)\.m?js$/;

export default defineConfig({
  // The folder of this file, so that `vite build` works from the root too.
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  server: { proxy: { "/trpc": server, "/api": server, "/widget.js": server, "/widget-preview": server } },
  build: {
    // `light-dark()` and logical properties are used as they are: no lowering, half the stylesheet.
    target: ["chrome123", "firefox120", "safari17.5"],
    // The console is served under a Content-Security-Policy without data: scripts.
    assetsInlineLimit: 0,
    // Every browser of the target preloads modules by itself.
    modulePreload: { polyfill: false },
    // What every screen runs on: together it is smaller, and stays in caches while the console changes.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "vendor", test: foundation },
            { name: "icons", test: firstIcons },
          ],
        },
      },
    },
  },
});
