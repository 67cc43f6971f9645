import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { run } from "./shell.ts";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

function installed(): string | null {
  const given = process.env.CHROMIUM_PATH;
  if (given) return given;
  return [...places, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

/** A Chromium to test with. Installs one where there is none: from Debian's packages, else Playwright's own. */
export async function findChromium(): Promise<string | null> {
  const found = installed();
  if (found) return found;
  if (existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
    await run("apt-get", ["update", "-qq"]);
    await run("apt-get", ["install", "-y", "-qq", "chromium", "fonts-noto-core"]);
  } else {
    await run("npx", ["playwright", "install", "chromium"]);
  }
  return installed();
}
