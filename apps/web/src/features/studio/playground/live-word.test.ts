import { expect, test } from "vitest";
import { translator } from "../../../lib/i18n.ts";
import { languages } from "../../../lib/preferences.ts";
import { answerStages } from "../../answers/index.ts";
import { liveWord } from "./live-word.ts";
import { playgroundStrings } from "./strings.ts";

test.each(languages)("every stage has a live word of its own in %s", (language) => {
  const t = translator(playgroundStrings, language);
  const live = [null, ...answerStages.filter((stage) => stage !== "refine" && stage !== "verify")];
  const words = live.map((stage) => liveWord(stage, t));
  expect(new Set(words).size).toBe(words.length);
  for (const word of words) expect(word).not.toMatch(/^live\./);
});
