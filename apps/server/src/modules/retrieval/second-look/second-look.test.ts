import { expect, test } from "vitest";
import { lookAgain } from "./second-look.ts";

const passage = (text: string, fused = 0.5, language = "en") => ({
  text,
  title: "",
  headingPath: [],
  language,
  fused,
});
const asking = (text: string, language = "en") => ({
  text,
  language,
  frequencies: new Map<string, number>(),
  liveChunks: 100,
  wordShare: 1,
});
const best = (scores: { score: number }[]): number =>
  scores.findIndex(({ score }) => score === Math.max(...scores.map((each) => each.score)));

test("words in the query's order count, stop words too, whatever their endings", () => {
  const look = lookAgain(asking("how much is cancelling a booking"), [
    passage("A booking is much used. Cancelling: how to."),
    passage("How much it is to cancel a booking."),
    passage("Bookings made here."),
  ]);
  expect(best(look)).toBe(1);
  expect(look[1]?.order).toBe(1);
  expect(look[2]?.order).toBe(0);
});

test("letters find misheard words, inflected Arabic and French compounds", () => {
  const delivery = lookAgain(asking("do they delver food"), [
    passage("Smoking is allowed."),
    passage("We do delivery."),
  ]);
  expect(best(delivery)).toBe(1);
  const arabic = lookAgain(asking("كتابة الرسائل", "ar"), [
    passage("الطقس جميل اليوم", 0.5, "ar"),
    passage("نكتب رسالة", 0.5, "ar"),
  ]);
  expect(best(arabic)).toBe(1);
  const french = lookAgain(asking("remboursable", "fr"), [
    passage("La livraison est gratuite.", 0.5, "fr"),
    passage("Le remboursement est possible.", 0.5, "fr"),
  ]);
  expect(best(french)).toBe(1);
});

test("a passage like the best ones rises above one that is like none", () => {
  const look = lookAgain(asking("zzz"), [
    passage("Refund requests are handled by finance.", 0.9),
    passage("Finance handles every refund request quickly.", 0.8),
    passage("The weather was mild.", 0.5),
    passage("Refund requests reach finance by mail.", 0.5),
  ]);
  expect(look[3]?.score).toBeGreaterThan(look[2]?.score ?? 1);
});

test("what words see counts by the share that words have in the search", () => {
  const passages = [passage("nothing of the kind", 0.6), passage("opening hours", 0.5)];
  expect(best(lookAgain({ ...asking("opening hours"), wordShare: 1 }, passages))).toBe(1);
  expect(best(lookAgain({ ...asking("opening hours"), wordShare: 0 }, passages))).toBe(0);
});

test("nothing to look at, nothing to see", () => {
  expect(lookAgain(asking("words"), [])).toEqual([]);
  expect(lookAgain(asking(""), [passage("", 0)])).toEqual([{ order: 0, letters: 0, likeness: 0, score: 0 }]);
  expect(lookAgain(asking("?!"), [passage("text", 0.4)])[0]?.score).toBe(1);
});
