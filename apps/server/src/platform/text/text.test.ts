import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze, detectLanguage, fold, isStopWord, type Language, sentences, tokenize } from "./index.ts";

describe("detectLanguage", () => {
  const cases: [string, Language][] = [
    ["How do I get a refund?", "en"],
    ["Où est ma commande ?", "fr"],
    ["J'ai un souci", "fr"],
    ["bonjour", "fr"],
    ["livraison gratuite", "fr"],
    ["ما هي ساعات العمل؟", "ar"],
    ["iPhone مشكلة في الهاتف", "ar"],
    ["¿Dónde está mi pedido?", "other"],
    ["Wie kann ich mein Geld zurück bekommen?", "other"],
    ["کجا است سفارش من؟ چگونه", "other"],
    ["как дела", "other"],
    ["東京都に行く", "other"],
    ["Wi-Fi", "en"],
    ["order 123", "en"],
    ["invoice", "en"],
    ["12345 !!!", "en"],
    ["", "en"],
  ];
  test.each(cases)("%j is %s", (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});

describe("fold", () => {
  test.each([
    ["Élève ŒUVRE straße", "eleve oeuvre strasse"],
    ["ﬁle ＡＢＣ", "file abc"],
    ["أُمّة إِسلام آية ٱلله هدى مدرســة مؤمن", "امه اسلام ايه الله هدي مدرسه مومن"],
    ["١٢٣ ۴۵", "123 45"],
    ["co\u00adoperate\u200b", "cooperate"],
    ["İstanbul", "istanbul"],
    ["한국", "한국"],
  ])("%j -> %j", (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test("folding twice changes nothing more", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => fold(fold(text)) === fold(text)));
  });
});

describe("tokenize", () => {
  const terms = (text: string): string =>
    tokenize(text)
      .map((token) => token.term)
      .join(" ");

  test.each([
    ["L'eau d’aujourd'hui, jusqu'à l'école", "eau aujourd'hui a ecole"],
    ["Tesla's patents don't", "tesla patents don't"],
    ["real-time", "real time"],
    ["v2.3 ISO-9001 foo_bar a@b.org", "v2.3 2.3 v2 iso-9001 iso 9001 foo_bar foo bar a@b.org org"],
    ["C++ and C#", "c++ and c#"],
    ["1,000.50 12\u202f500 3,14 ١٠٠٠", "1000.50 12500 3.14 1000"],
    ["the U.S.A.", "the usa"],
    ["2021-05-03 10:30", "2021 05 03 10 30"],
    ["東京都", "東京 京都"],
    ["สวัสดีครับ", "สวัสดี ครับ"],
    ["… !? 🙂", ""],
  ])("%j -> %j", (text, expected) => {
    expect(terms(text)).toBe(expected);
  });

  test("offsets lie in the original, in order, and fold to the term", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        let start = 0;
        for (const token of tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(start);
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.end).toBeLessThanOrEqual(text.length);
          start = token.start;
        }
      }),
    );
    const text = "Dans l’Île-de-France";
    expect(tokenize(text).map((token) => text.slice(token.start, token.end))).toEqual([
      "Dans",
      "Île",
      "de",
      "France",
    ]);
  });
});

describe("analyze", () => {
  test("inflected forms of one word meet", () => {
    expect(analyze("refunded", "en")).toEqual(analyze("the refunds", "en"));
    expect(analyze("les remboursements", "fr")).toEqual(analyze("rembourser", "fr"));
    expect(analyze("والمدرسة", "ar")).toEqual(analyze("مدرسة", "ar"));
  });
  test("stop words go, unless there is nothing else", () => {
    expect(analyze("to be or not to be", "en")).toEqual(["to", "be", "or", "not", "to", "be"]);
    expect(analyze("the price of it", "en")).toEqual(["price"]);
    expect(isStopWord("the", "en")).toBe(true);
    expect(isStopWord("the", "other")).toBe(false);
  });
  test("identifiers are not stemmed", () => {
    expect(analyze("ISO-9001", "en")).toContain("iso-9001");
  });
});

describe("sentences", () => {
  const split = (text: string, language?: Language): string[] =>
    sentences(text, language).map((sentence) => sentence.text);

  test("abbreviations and initials do not end a sentence", () => {
    expect(
      split(
        "Dr. Smith met J. K. Jones, e.g. at 5 p.m. on Jan. 5. He paid $3.50 (No. 5). Use tape, etc. Then stop.",
        "en",
      ),
    ).toEqual([
      "Dr. Smith met J. K. Jones, e.g. at 5 p.m. on Jan. 5.",
      "He paid $3.50 (No. 5).",
      "Use tape, etc.",
      "Then stop.",
    ]);
    expect(
      split("M. Dupont a dit « Bonjour. » Puis il est parti. En 50 av. J.-C. la ville tomba.", "fr"),
    ).toEqual(["M. Dupont a dit « Bonjour. »", "Puis il est parti.", "En 50 av. J.-C. la ville tomba."]);
  });
  test("Arabic question mark and semicolon end a sentence", () => {
    expect(split("ما هي المدة؟ ثلاثون يوماً؛ بعدها لا يمكن. قال د. أحمد ذلك.", "ar")).toEqual([
      "ما هي المدة؟",
      "ثلاثون يوماً؛",
      "بعدها لا يمكن.",
      "قال د. أحمد ذلك.",
    ]);
  });
  test("references stay with the sentence that they end", () => {
    expect(split("He won.:121,154 He lived on.[12] The end.", "en")).toEqual([
      "He won.:121,154",
      "He lived on.[12]",
      "The end.",
    ]);
  });
  test("Markdown lines stand alone without their marks; wrapped lines are one", () => {
    const text =
      "# Refunds\n\n- Ask within 30 days. Keep the box.\n- [ ] second\n1. one\n\n| Plan | Price |\n|---|---|\n| Pro | 5 € |\n\n" +
      "A paragraph that is hard wrapped at some width because\nthe author likes it.\n\nOpening hours\nMonday 9-5\n```js\nconst a = 1;\n```\n";
    expect(split(text, "en")).toEqual([
      "Refunds",
      "Ask within 30 days.",
      "Keep the box.",
      "second",
      "one",
      "Plan | Price",
      "Pro | 5 €",
      "A paragraph that is hard wrapped at some width because\nthe author likes it.",
      "Opening hours",
      "Monday 9-5",
      "const a = 1;",
    ]);
  });
  test("every sentence is an exact, ordered slice", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom("a", "B", ".", " ", "\n", "؟", "[1]", "»", "- ", "|", "#", "Dr.", "é"),
        }),
        (text) => {
          let from = 0;
          for (const sentence of sentences(text, "en")) {
            expect(sentence.start).toBeGreaterThanOrEqual(from);
            expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
            from = sentence.end;
          }
        },
      ),
    );
  });
});

test.each([
  ["elisions", "l'"],
  ["brackets", "["],
  ["stops", "a."],
  ["groups", "1,"],
  ["list marks", "- "],
  ["marks", "e\u0301\u0301"],
  ["Chinese", "漢"],
  ["Thai", "ก"],
])("100,000 repeated %s are read without failing", (_what, piece) => {
  const text = piece.repeat(100_000);
  expect(() => [detectLanguage(text), analyze(text), sentences(text)]).not.toThrow();
});
