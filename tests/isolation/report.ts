import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the parts of the proof leave their figures, for the lines at the end. */
export const figures = fileURLToPath(new URL("../../test-results/isolation", import.meta.url));

export function report(part: string, line: string): void {
  mkdirSync(figures, { recursive: true });
  writeFileSync(join(figures, `${part}.txt`), `${line}\n`);
}
