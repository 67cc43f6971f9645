import { expect, test } from "vitest";
import { translator } from "../../../lib/i18n.ts";
import { languages } from "../../../lib/preferences.ts";
import { stageWord } from "./stage-words.ts";
import { documentsTabStrings } from "./strings.ts";

const stages = ["queued", "reading", "chunking", "embedding", "indexing"] as const;

test.each(languages)("every stage and outcome has a word of its own in %s", (language) => {
  const t = translator(documentsTabStrings, language);
  const words = [
    ...stages.map((stage) => stageWord({ status: "PROCESSING", stage }, t)),
    stageWord({ status: "PROCESSED", stage: null }, t),
    stageWord({ status: "FAILED", stage: null }, t),
  ];
  expect(new Set(words).size).toBe(words.length);
  for (const word of words) expect(word).not.toMatch(/^(stage|status)\./);
});

test("a document that has not begun waits its turn", () => {
  const t = translator(documentsTabStrings, "en");
  expect(stageWord({ status: "PENDING", stage: null }, t)).toBe(t("stage.queued"));
});
