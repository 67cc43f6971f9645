import { generateText, streamText } from "ai";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Evidence, ExtractiveLanguageModel, selectSentences } from "./index.ts";

const model = new ExtractiveLanguageModel();
const ask = (evidence: Evidence) =>
  generateText({ model, prompt: evidence.question, providerOptions: { builtin: evidence } });

const REFUNDS: Evidence["passages"] = [
  { number: 1, title: "Shipping", text: "Parcels leave every weekday. Delivery to France takes two days." },
  {
    number: 2,
    title: "Refunds",
    text: "# Refunds\n\n- Refunds are paid within 14 days.\n- Send the\n  parcel back.",
  },
];

describe("answers", () => {
  test("quotes the fitting sentence with its source number", async () => {
    const result = await ask({ question: "How many days until refunds are paid?", passages: REFUNDS });
    expect(result.text).toMatch(/^Refunds are paid within 14 days\. \[2\]/);
    expect(result.finishReason).toBe("stop");
    expect(result.usage.totalTokens).toBe(0);
  });

  test("streams the same answer word by word", async () => {
    const question = "How long does delivery to France take?";
    const stream = streamText({
      model,
      prompt: question,
      providerOptions: { builtin: { question, passages: REFUNDS } },
    });
    const deltas: string[] = [];
    for await (const delta of stream.textStream) deltas.push(delta);
    expect(deltas.length).toBeGreaterThan(5);
    expect(deltas.join("")).toBe((await ask({ question, passages: REFUNDS })).text);
    expect(deltas.join("")).toContain("Delivery to France takes two days. [1]");
  });

  test("a question in the text is no answer to it; what follows is", async () => {
    const text =
      "## How do I reset my password?\n\nClick the link on the sign-in page.\n\n## Prices\n\nIt is free.";
    const result = await ask({
      question: "How do I reset my account password?",
      passages: [{ number: 7, text }],
    });
    expect(result.text).toMatch(/^Click the link on the sign-in page\. \[7\]/);
  });

  test("table bars become dashes, line breaks become spaces", async () => {
    const text = "| Plan | Price |\n|---|---|\n| Professional | 15 euros |\n";
    const result = await ask({ question: "price of the professional plan", passages: [{ number: 1, text }] });
    expect(result.text).toContain("Professional — 15 euros [1]");
  });

  test("French and Arabic", async () => {
    const french = await ask({
      question: "Quel est le délai de remboursement ?",
      passages: [{ number: 1, text: "Nos bureaux sont à Lyon. Les remboursements arrivent sous dix jours." }],
    });
    expect(french.text).toContain("Les remboursements arrivent sous dix jours. [1]");
    const arabic = await ask({
      question: "متى يصل المبلغ المسترد؟",
      passages: [{ number: 3, text: "مكاتبنا في الرياض. يصل المبلغ المسترد خلال عشرة أيام." }],
    });
    expect(arabic.text).toContain("يصل المبلغ المسترد خلال عشرة أيام. [3]");
  });
});

describe("abstains", () => {
  const cases: [string, Evidence][] = [
    [
      "nothing in the passages speaks of the question",
      { question: "Who won the chess tournament?", passages: REFUNDS },
    ],
    ["there are no passages", { question: "How long do refunds take?", passages: [] }],
    ["the question is empty", { question: "", passages: REFUNDS }],
  ];
  test.each(cases)("when %s", async (_why, evidence) => {
    const result = await ask(evidence);
    expect(result.text).toBe("");
    expect(result.finishReason).toBe("other");
    expect(result.rawFinishReason).toBe("abstained");
  });
});

test("evidence that is missing or malformed is a clear error", async () => {
  await expect(generateText({ model, prompt: "q", maxRetries: 0 })).rejects.toThrow(
    /providerOptions\.builtin = \{ question/,
  );
});

test("an aborted call does not answer", async () => {
  const options = {
    prompt: [],
    providerOptions: { builtin: { question: "q", passages: [] } },
    abortSignal: AbortSignal.abort(),
  };
  await expect(model.doStream(options)).rejects.toThrow();
});

test("every word of every answer stands in the cited passage", async () => {
  const piece = fc.constantFrom(
    "Refunds",
    "take",
    "14 days",
    ". ",
    "\n",
    "- ",
    "# ",
    "| a | b |\n",
    "? ",
    "élan",
    "المال",
    " ",
    "[2]",
    "Dr.",
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(" "));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 3 }), async (texts) => {
      const passages = texts.map((value, at) => ({ number: at + 1, text: value }));
      const evidence = { question: "Refunds take 14 days?", passages };
      for (const sentence of selectSentences(evidence).sentences) {
        expect(texts[sentence.passage - 1]?.slice(sentence.start, sentence.end)).toBe(sentence.text);
      }
      const words = (value: string): string =>
        ` ${(value.replace(/\[2\]/g, "").match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;
      const answer = (await ask(evidence)).text;
      for (const quotation of answer.matchAll(/(?<quote>.*?) \[(?<number>[123])\](?: |$)/gu)) {
        const source = texts[Number(quotation.groups?.number) - 1] ?? "";
        expect(words(source)).toContain(words(quotation.groups?.quote ?? ""));
      }
    }),
  );
});
