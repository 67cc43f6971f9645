import { expect, test } from "vitest";
import { draftOf, errorsOf, fieldsOf } from "./personality-form.ts";

const good = { ...draftOf(null), name: " Calm ", systemPrompt: "Be calm." };

test.each([
  [{}, []],
  [{ name: " " }, ["name"]],
  [{ systemPrompt: "\n" }, ["prompt"]],
  [{ temperature: "0" }, []],
  [{ temperature: "0,7" }, []],
  [{ temperature: "2.1" }, ["temperature"]],
  [{ temperature: "warm" }, ["temperature"]],
  [{ maxTokens: "16" }, []],
  [{ maxTokens: "15" }, ["maxTokens"]],
  [{ maxTokens: "100.5" }, ["maxTokens"]],
])("%j has the errors %j", (change, errors) => {
  expect(errorsOf({ ...good, ...change })).toEqual(errors);
});

test("what was left empty is sent as nothing; a model goes with its provider alone", () => {
  expect(fieldsOf(good)).toEqual({
    name: "Calm",
    systemPrompt: "Be calm.",
    temperature: null,
    modelPreferences: null,
  });
  expect(fieldsOf({ ...good, model: "m" }).modelPreferences).toBeNull();
  const whole = { ...good, temperature: "0,5", provider: "openai" as const, model: "m", maxTokens: "200" };
  expect(fieldsOf(whole)).toMatchObject({
    temperature: 0.5,
    modelPreferences: { provider: "openai", model: "m", maxTokens: 200 },
  });
});
