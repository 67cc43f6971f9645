import { describe, expect, test } from "vitest";
import { redact } from "./redact.ts";
import { type Reply, titleOf, usableReplies, writeArticle } from "./write-article.ts";

describe("personal data goes", () => {
  test.each([
    ["Write to kim.o'neil+x@mail.example.com now.", /kim|@/],
    ["Call +47 22 33 44 55 or (020) 7946-0958.", /22|7946/],
    ["اتصل بنا على ٠٥٠١٢٣٤٥٦٧", /٥٠١/],
    ["Your order #48151 and invoice INV-2026-00417 are ready.", /48151|00417/],
    ["La commande n° 8841 de Madame Martin est prête.", /8841|Martin/],
    ["Your order number is 77120.", /77120/],
    ["See https://shop.example/orders/9?token=abc.", /token|shop\.example/],
    ["My name is Kim Olsen, from Oslo.", /Kim|Olsen/],
    ["Dear Mr. Olsen,", /Olsen/],
    ["IBAN NO93 8601 1117 947", /8601/],
  ])("%s", (text, personal) => expect(redact(text)).not.toMatch(personal));

  test("and so do names that are known, whatever their case, but not parts of words", () => {
    expect(redact("KIM wrote to Ada: kimono in stock.", ["Kim Olsen", "Ada"])).toBe(
      "[…] wrote to […]: kimono in stock.",
    );
  });

  test.each([
    "A refund takes 14 days and costs 12.50 euros.",
    "We are open from 9:00 to 17:00, Monday to Friday.",
    "The warranty lasts until 2027-01-31.",
    "Order before noon.",
    "يستغرق التوصيل ٦ أيام.",
  ])("but not: %s", (text) => expect(redact(text)).toBe(text));
});

const reply = (text: string, conversationId = text): Reply => ({
  conversationId,
  text,
  repliedAt: new Date("2026-10-01T10:00:00Z"),
  names: ["Ada", "Kim"],
});

describe("an article from replies", () => {
  const draft = (question: string, ...texts: string[]) => {
    const usable = usableReplies(
      question,
      texts.map((text) => reply(text)),
    );
    return { ...writeArticle(question, usable), usable };
  };

  test("says each thing once, without courtesies and what concerned one case", () => {
    const { content, used } = draft(
      "How long does delivery take?",
      "Hi Kim, thanks for waiting! Delivery takes 6 working days. Is there anything else?",
      "Delivery takes 6 working days. Parcels leave our house every morning. I have sent yours today.",
      "Good morning, your order 48151 is late. Best regards, Ada",
    );
    expect(content.match(/Delivery takes 6 working days\./g)).toHaveLength(1);
    expect(content).toContain("Parcels leave our house every morning.");
    expect(content).not.toMatch(/Hi|thanks|anything else|I have sent|48151|regards|Ada|Kim/i);
    expect(used.length).toBeGreaterThan(0);
  });

  test("prefers replies in the language of the question", () => {
    const { content } = draft(
      "Combien de temps prend la livraison ?",
      "Delivery takes 6 working days.",
      "La livraison prend six jours ouvrés.",
    );
    expect(content).toBe("La livraison prend six jours ouvrés.");
  });

  test("takes a reply in another language where there is no other", () => {
    expect(draft("كم يستغرق التوصيل؟", "Delivery takes 6 working days.").content).toContain("6 working days");
  });

  test("is none where nobody said anything that answers", () => {
    expect(draft("Where is it?", "Hello!", "One moment please.", "I checked your account.").usable).toEqual(
      [],
    );
  });

  test("has the question for a title, without what belongs to one person", () => {
    expect(titleOf("where is order 48151 of kim@shop.example?")).toBe("Where is order […] of […]?");
    expect(titleOf("x".repeat(500))).toHaveLength(200);
  });
});
