import { expect, test } from "vitest";
import { fieldsChanged } from "./fields-changed.ts";

test.each([
  ["nothing", null, null, []],
  ["a new thing", null, { name: "Kettle" }, [{ name: "name", before: null, after: "Kettle" }]],
  ["a thing that is gone", { name: "Kettle" }, null, [{ name: "name", before: "Kettle", after: null }]],
  ["what stayed the same", { a: 1, b: [1, { c: 2 }] }, { a: 1, b: [1, { c: 2 }] }, []],
  [
    "a changed, an added and a cleared field",
    { status: "new", until: "May" },
    { status: "done", by: "Ada", until: null },
    [
      { name: "status", before: "new", after: "done" },
      { name: "until", before: "May", after: null },
      { name: "by", before: null, after: "Ada" },
    ],
  ],
  [
    "a list of texts",
    null,
    { rights: ["read", "write"] },
    [{ name: "rights", before: null, after: "read, write" }],
  ],
  [
    "a number and a flag",
    { n: 1 },
    { n: 0, on: false },
    [
      { name: "n", before: "1", after: "0" },
      { name: "on", before: null, after: "false" },
    ],
  ],
])("%s", (_what, before, after, changes) => expect(fieldsChanged(before, after)).toEqual(changes));
