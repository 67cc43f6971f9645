import { expect, test } from "vitest";
import { formatFor } from "../../lib/format.ts";
import { translator } from "../../lib/i18n.ts";
import { languages } from "../../lib/preferences.ts";
import type { Stage } from "./stage-data.ts";
import { dataWord, stageName, stageOutcome } from "./stage-words.ts";
import { answerStages } from "./stages.ts";
import { answerStrings } from "./strings.ts";

test.each(languages)("every stage has a name of its own in %s", (language) => {
  const t = translator(answerStrings, language);
  const names = answerStages.map((stage) => stageName(stage, t));
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).not.toMatch(/^stage\./);
});

test("outcomes are figures where there are some, and the server's sentence where not", () => {
  const t = translator(answerStrings, "en");
  const outcome = (stage: Stage["stage"], data: Stage["data"]) =>
    stageOutcome({ stage, ms: 1, summary: "As the server says.", data }, t, formatFor("en"), "en");
  expect(outcome("understand", { language: "fr" })).toBe("read in French");
  expect(outcome("understand", { language: "fr", intent: "Refund" })).toBe("read in French, wants Refund");
  expect(outcome("understand", { language: "other" })).toBe("As the server says.");
  expect(outcome("retrieve", { candidates: [{}, {}, { fate: "below" }] })).toBe("kept 2 passages");
  expect(outcome("retrieve", { candidates: [{}], takenOver: "Park Lodge", messagesAgo: 2 })).toBe(
    "kept 1 passage, about Park Lodge",
  );
  expect(outcome("understand", { language: "en", leansOn: "question" })).toBe(
    "read in English, a follow-up of the question before",
  );
  expect(outcome("grade", { verdict: "ambiguous", confidence: 0.42 })).toBe("perhaps enough evidence, 42%");
  expect(outcome("answer", { model: "builtin:extractive" })).toBe("quoted, word for word");
  expect(outcome("answer", { model: "openai:gpt-5" })).toBe("openai:gpt-5");
  expect(outcome("verify", { supportedShare: 0.5 })).toBe("50% supported");
  expect(outcome("verify", {})).toBe("As the server says.");
});

test("unknown names are spelled out", () => {
  const t = translator(answerStrings, "en");
  expect(stageName("translate", t)).toBe("translate");
  expect(dataWord("bm25", t)).toBe("Words");
  expect(dataWord("someNewField", t)).toBe("Some new field");
});
