import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const sources = join(import.meta.dirname, "..");

/** A workspace makes roles of its own, so that a role's name says nothing of what its bearers may do. */
const asksForRole = /\brole\s*[!=]==\s*"(?:owner|admin|contentEditor|agent|member)"/;

test("no screen asks for a role's name where it means a right", () => {
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!\.test)\.tsx?$/.test(name),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((name) => asksForRole.test(readFileSync(join(sources, name), "utf8")))).toEqual([]);
  expect(asksForRole.test('if (role === "owner") return null;')).toBe(true);
});
