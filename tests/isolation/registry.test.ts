import { expect, test } from "vitest";
import { listOperations } from "./operations.ts";
import { callersOf, kindOf } from "./registry/index.ts";

/** The complaint of a look-up; null where there is none. */
function complaint(look: () => unknown): string | null {
  try {
    look();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const operations = listOperations();

test("every id field of every procedure and route has a line that says what it names", () => {
  const complaints = operations.flatMap(({ name, idFields }) =>
    idFields.map((field) => complaint(() => kindOf(name, field))).filter((text) => text !== null),
  );
  expect(complaints.join("\n")).toBe("");
});

test("every procedure and route has a line that says who may call it", () => {
  const complaints = operations
    .map(({ name }) => complaint(() => callersOf(name)))
    .filter((text) => text !== null);
  expect(complaints.join("\n")).toBe("");
});

test("a procedure without a line is complained of, with the line to add", () => {
  expect(complaint(() => kindOf("boats.get", "boatId"))).toContain('"boats.get.boatId": "<kind>"');
  expect(complaint(() => callersOf("boats.get"))).toContain("Add to `callers`");
});
