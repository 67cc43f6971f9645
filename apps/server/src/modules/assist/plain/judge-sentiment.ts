import type { Sentiment } from "../assist.schema.ts";
import { cues } from "./cues.ts";

const bad = cues(
  ...[
    "cannot",
    "can't",
    "unable",
    "not working",
    "does not work",
    "doesn't work",
    "stopped working",
    "error",
  ],
  ...[
    "broken",
    "crashes",
    "fails",
    "failed",
    "wrong",
    "problem",
    "issue",
    "late",
    "waiting",
    "still no",
    "never",
  ],
  ...["declined", "rejected", "damaged", "missing", "lost", "stolen", "hacked", "fraud", "confusing", "slow"],
  ...[
    "arrive pas",
    "ne marche pas",
    "ne fonctionne",
    "erreur",
    "problème",
    "impossible",
    "en retard",
    "attends",
  ],
  ...["bloqué", "échoué", "abîmé", "toujours pas", "volée", "piraté"],
  ...["لا أستطيع", "لم أعد", "لا يعمل", "لا تعمل", "خطأ", "مشكلة", "متأخر", "أنتظر", "فشل", "تالف", "لم يصل"],
);

/** Weighs twice. */
const awful = cues(
  ...[
    "terrible",
    "horrible",
    "awful",
    "worst",
    "unacceptable",
    "ridiculous",
    "disappointed",
    "disappointing",
  ],
  ...[
    "angry",
    "furious",
    "frustrated",
    "frustrating",
    "hate",
    "useless",
    "rude",
    "scam",
    "disgusting",
    "fed up",
  ],
  ...["waste of", "not happy", "unhappy", "complaint", "nobody helps", "shame"],
  ...[
    "lamentable",
    "inadmissible",
    "inacceptable",
    "scandaleux",
    "déçu",
    "déçue",
    "furieux",
    "en colère",
    "nul",
  ],
  ...["ras le bol", "honte", "impoli", "arnaque", "réclamation"],
  ...["سيئ", "أسوأ", "غير مقبول", "مستاء", "غاضب", "محبط", "فظيع", "شكوى", "عار", "نصب", "غير مهذب"],
);

const good = cues(
  ...[
    "thank you",
    "thanks",
    "great",
    "love",
    "perfect",
    "excellent",
    "awesome",
    "wonderful",
    "amazing",
    "happy",
  ],
  ...["works now", "it works", "well done", "helpful", "appreciate", "fantastic", "brilliant"],
  ...["merci", "parfait", "super", "génial", "excellente", "bravo", "ravi", "ravie", "content", "très bien"],
  ...["شكرا", "ممتاز", "رائع", "أحسنتم", "جميل", "سعيد", "مفيد"],
);

/** These turn what is good about the words around. "text" is in cue form. */
const notGood = cues(
  "no thanks",
  "not great",
  "not happy",
  "not helpful",
  "pas content",
  "pas très bien",
  "غير سعيد",
);

/** How the writer feels, as a score from -1 to 1: few cues say little. `text` is in cue form. */
export function judgeSentiment(text: string): { sentiment: Sentiment; score: number } {
  const negative = bad(text) + 2 * awful(text) + notGood(text);
  const positive = Math.max(0, good(text) - notGood(text));
  const score = (positive - negative) / (positive + negative + 2 / 3);
  return { sentiment: sentimentOf(score), score: Math.round(score * 100) / 100 };
}

export function sentimentOf(score: number): Sentiment {
  return score <= -0.3 ? "negative" : score >= 0.3 ? "positive" : "neutral";
}
