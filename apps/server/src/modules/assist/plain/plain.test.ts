import { describe, expect, test } from "vitest";
import { inCueForm } from "./cues.ts";
import { entitiesOf } from "./entities.ts";
import { judgeSentiment } from "./judge-sentiment.ts";
import { judgeSeverity } from "./judge-severity.ts";

describe("severity", () => {
  test.each([
    ["The whole system is down for everyone", "bug_technical_defect", "P0"],
    ["Le service est en panne", "bug_technical_defect", "P0"],
    ["تسربت بياناتي", "security_concern", "P0"],
    ["I cannot log into my account", "account_access_issue", "P1"],
    ["URGENT!! please", "general_inquiry", "P1"],
    ["Je suis bloqué", "account_access_issue", "P1"],
    ["The export is broken", "bug_technical_defect", "P2"],
    ["لا يعمل الزر", "bug_technical_defect", "P2"],
    ["How do I add a colleague?", "how_to_guidance", "P3"],
    ["How do I reset my password?", "account_access_issue", "P3"],
    ["breakfast", "general_inquiry", "P3"],
  ])("of “%s” as %s is %s", (text, intent, severity) => {
    expect(judgeSeverity(inCueForm(text), intent).severity).toBe(severity);
  });

  test("an error in a payment is as bad as payments are", () => {
    expect(judgeSeverity(inCueForm("an error came"), "transaction_system_failure").severity).toBe("P1");
  });
});

describe("sentiment", () => {
  test.each([
    ["I cannot log into my account", "negative"],
    ["This is unacceptable, I am furious", "negative"],
    ["Service lamentable", "negative"],
    ["خدمتكم سيئة", "negative"],
    ["Thank you, it works now", "positive"],
    ["Merci, c’est parfait", "positive"],
    ["شكرا جزيلا", "positive"],
    ["When do you open?", "neutral"],
    ["", "neutral"],
  ])("of “%s” is %s", (text, sentiment) => {
    const told = judgeSentiment(inCueForm(text));
    expect(told.sentiment).toBe(sentiment);
    expect(Math.abs(told.score)).toBeLessThanOrEqual(1);
  });
});

describe("entities", () => {
  test.each([
    ["accountIds", "my account number 12345678 and ACC-9911", ["12345678", "ACC-9911"]],
    ["accountIds", "رقم حساب: ٤٥٦٧٨٩", ["456789"]],
    ["errorCodes", "error 500, then ERR_CONN_RESET and 0x80070057", ["500", "ERR_CONN_RESET", "0x80070057"]],
    ["orderNumbers", "order #A-1029 and #55512", ["A-1029", "55512"]],
    ["amounts", "I paid $1,299.00 and 20 € and 300 درهم", ["$1,299.00", "20 €", "300 درهم"]],
    ["emails", "write to a.b+c@mail.example.com.", ["a.b+c@mail.example.com"]],
  ] as const)("%s of “%s”", (kind, text, found) => {
    expect(entitiesOf(text)[kind]).toEqual(found);
  });

  test("nothing in plain words", () => {
    expect(Object.values(entitiesOf("When do you open on Mondays?")).flat()).toEqual([]);
  });

  test.each(["a", "1", "1 ", "a.", "@a.", "order ", "#", "1,000", "ERR_", "error code ", "$1", "account: "])(
    "a text of nothing but “%s” is read to its end, and tells at most 20 of a kind",
    (piece) => {
      const found = entitiesOf(piece.repeat(Math.ceil(8_000 / piece.length)));
      for (const names of Object.values(found)) expect(names.length).toBeLessThanOrEqual(20);
    },
  );
});
