import { expect, test } from "vitest";
import { problemsOf } from "./retrieval.ts";

const good = { chunkSize: "1000", overlap: "100", topK: "5" };

test.each<[Partial<typeof good>, object]>([
  [{}, {}],
  [{ chunkSize: "200", overlap: "0", topK: "10" }, {}],
  [{ chunkSize: "199" }, { chunkSize: "range" }],
  [{ chunkSize: "2001" }, { chunkSize: "range" }],
  [{ chunkSize: "" }, { chunkSize: "range" }],
  [{ topK: "2.5" }, { topK: "range" }],
  [
    { topK: "0", overlap: "many" },
    { topK: "range", overlap: "range" },
  ],
  [{ chunkSize: "200", overlap: "200" }, { overlap: "overlap" }],
])("%j: %j", (change, problems) => {
  expect(problemsOf({ ...good, ...change })).toEqual(problems);
});
