import { describe, expect, test } from "vitest";
import { addressesReader, isPersonal, likeness, readQuestion, weighEvidence } from "./index.ts";

describe("likeness", () => {
  test.each([
    ["refund", "refund", 1],
    ["elect", "election", 0.6],
  ])("of %s and %s is at least %d", (one, other, least) => {
    expect(likeness(one, other)).toBeGreaterThanOrEqual(least);
    expect(likeness(other, one)).toBe(likeness(one, other));
  });

  test("finds a word inside a longer form of it", () => {
    expect(likeness("configur", "reconfigur")).toBeGreaterThan(0.6);
  });

  test("of words that share a letter or two is none", () => {
    expect(likeness("refund", "friend")).toBe(0);
  });
});

describe("who speaks to whom", () => {
  test.each([
    ["Where is my card?", "en", true],
    ["Do you deliver to Belgium?", "en", true],
    ["Who fought in World War I?", "en", false],
    ["What is the capital of France?", "en", false],
    ["Puis-je annuler ma commande ?", "fr", true],
    ["Comment ajouter un bénéficiaire ?", "fr", true],
    ["Qui a peint la Joconde ?", "fr", false],
    ["Comment s'appelle la capitale ?", "fr", false],
    ["كيف ألغي طلبي؟", "ar", true],
    ["من هو مؤسس الدولة؟", "ar", false],
  ] as const)("%s", (question, language, personal) => {
    expect(isPersonal(question, language)).toBe(personal);
  });

  test.each([
    ["You can cancel your order.", "en", true],
    ["The war ended in 1918.", "en", false],
    ["Cliquez sur Annuler.", "fr", true],
    ["La guerre finit en 1918.", "fr", false],
    ["يمكنك إلغاء الطلب.", "ar", true],
  ] as const)("%s", (text, language, addresses) => {
    expect(addressesReader(text, language)).toBe(addresses);
  });
});

describe("sentences", () => {
  const unknown = { liveChunks: 0, frequencies: new Map() };
  const best = (question: string, text: string): string | undefined =>
    weighEvidence(readQuestion(question, "en"), [{ number: 1, text }], unknown).sentences[0]?.sentence.plain;

  test("that hold the question's rare words come first", () => {
    const text = "Parcels go out on weekdays. Refunds take 14 days. Shops open at nine.";
    expect(best("How long do refunds take?", text)).toBe("Refunds take 14 days.");
  });

  test("of the kind that is asked for come before equals", () => {
    const text = "The library was founded by Ada Byron. The library was founded in 1905.";
    expect(best("When was the library founded?", text)).toContain("1905");
    expect(best("Who founded the library?", text)).toContain("Ada");
  });

  test("that follow a question answer it", () => {
    expect(best("Can pets stay?", "Can pets stay? Yes, in the garden rooms.")).toContain("garden");
  });

  test("words that only ask are not looked for", () => {
    expect(readQuestion("What happens when a file cannot be read?", "en").terms).toEqual(["file", "read"]);
    expect(readQuestion("How long are refunds?", "en").terms).toEqual(["refund"]);
    expect(readQuestion("Are refunds long?", "en").terms).toEqual(["refund", "long"]);
  });
});
