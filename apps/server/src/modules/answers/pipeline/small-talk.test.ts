import { describe, expect, test } from "vitest";
import { smallTalkOf } from "./small-talk.ts";

describe("nothing is asked", () => {
  test.each([
    ["hey, how are you doing today?", "greeting"],
    ["is anyone there", "greeting"],
    ["السلام عليكم ورحمة الله وبركاته", "greeting"],
    ["Bonjour, comment allez-vous ?", "greeting"],
    ["awesome, thanks so much for your help!", "thanks"],
    ["that was very helpful", "thanks"],
    ["I really appreciate it", "thanks"],
    ["je vous remercie beaucoup", "thanks"],
    ["merci pour votre aide", "thanks"],
    ["شكرا جزيلا لك", "thanks"],
    ["bye", "goodbye"],
    ["ok thank you, have a nice day", "goodbye"],
    ["thanks, bye!", "goodbye"],
    ["au revoir et merci", "goodbye"],
    ["Merci, bonne journée !", "goodbye"],
    ["مع السلامة", "goodbye"],
    ["شكرا، إلى اللقاء", "goodbye"],
    ["ok", "acknowledged"],
    ["Got it.", "acknowledged"],
    ["uh ok great", "acknowledged"],
    ["no, that's all", "acknowledged"],
    ["d'accord, c'est noté", "acknowledged"],
    ["très bien, c'est tout", "acknowledged"],
    ["حسنا، فهمت", "acknowledged"],
    ["هذا كل شيء", "acknowledged"],
  ])("%s: %s", (message, kind) => {
    expect(smallTalkOf(message)).toBe(kind);
  });
});

describe("something is asked", () => {
  test.each([
    "ok and the price?",
    "thanks, what about refunds?",
    "great, how do I cancel?",
    "bye bye discount code",
    "is it good?",
    "what's new in version 3?",
    "is everything included?",
    "perfect do they take master card",
    "no refund?",
    "help",
    "price",
    "what is all right reserved",
    "d'accord, et la livraison ?",
    "merci de me dire le prix",
    "c'est bon pour la santé ?",
    "ça va coûter combien ?",
    "شكرا، وكم السعر؟",
    "حسنا، متى تفتحون؟",
    "هل التوصيل مجاني؟",
    "نعم أريد معرفة السعر",
  ])("%s", (message) => {
    expect(smallTalkOf(message)).toBeUndefined();
  });
});

test("yes to the bot's offer asks for a person; otherwise it asks nothing", () => {
  for (const yes of ["yes", "Yes please", "ok", "oui, volontiers", "نعم من فضلك"]) {
    expect(smallTalkOf(yes, true)).toBe("wants_human");
    expect(smallTalkOf(yes)).not.toBe("wants_human");
  }
  expect(smallTalkOf("no thanks", true)).toBe("thanks");
  expect(smallTalkOf("yes, what does it cost?", true)).toBeUndefined();
});

// a pattern that went back over such a text would take longer than any test may
test("a message of any length is looked at", { timeout: 30_000 }, () => {
  for (const part of [
    "so much ",
    "thank you very much for your help ",
    "ok ",
    "it was nice ",
    "a ",
    "شكرا ",
  ]) {
    for (const text of [`${part.repeat(60)}x`.slice(0, 399), `${part.repeat(3)}x`, part.repeat(100_000)]) {
      expect(smallTalkOf(text) ?? "none").toEqual(expect.any(String));
    }
  }
});
