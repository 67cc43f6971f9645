import type { Severity } from "../assist.schema.ts";
import { cues } from "./cues.ts";
import { usualSeverity } from "./intents.ts";

/** Everybody is hit, or data is lost or in wrong hands. */
const everybody = cues(
  ...["outage", "system is down", "site is down", "service is down", "server is down", "everything is down"],
  ...[
    "all users",
    "all our users",
    "all our customers",
    "all of our customers",
    "for everyone",
    "nobody can",
  ],
  ...[
    "no one can",
    "whole company",
    "data breach",
    "data loss",
    "lost all",
    "leaked",
    "hacked",
    "ransomware",
  ],
  ...["en panne", "hors service", "tous les utilisateurs", "tous nos clients", "tous les paiements"],
  ...["plus personne ne", "fuite de données", "ont fuité", "piraté", "perdu toutes"],
  ...["النظام متوقف", "الموقع متوقف", "الخدمة متوقفة", "كل المستخدمين", "جميع المستخدمين", "كل عملائنا"],
  ...["جميع عملائنا", "تسربت", "تسريب البيانات", "اخترق", "فقدنا كل"],
);

/** One customer cannot go on, or loses money, or time runs out. */
const blocked = cues(
  ...["urgent", "urgently", "asap", "immediately", "emergency", "critical", "right now", "deadline"],
  ...[
    "cannot log",
    "cannot login",
    "can t log",
    "can't log",
    "can't login",
    "cannot sign in",
    "can't sign in",
  ],
  ...["unable to log", "unable to sign", "locked out", "is locked", "no access", "cannot access"],
  ...["can't access", "charged twice", "double charged", "money left", "money is gone", "money disappeared"],
  ...[
    "payment failed",
    "cannot pay",
    "can't pay",
    "stolen",
    "fraud",
    "without permission",
    "losing customers",
  ],
  ...["urgence", "immédiatement", "tout de suite", "au plus vite", "bloqué", "impossible de me connecter"],
  ...[
    "arrive pas à me connecter",
    "débité deux fois",
    "facturé deux fois",
    "paiement a échoué",
    "volée",
    "fraude",
  ],
  ...["عاجل", "فورا", "حالا", "طارئ", "لا أستطيع الدخول", "لا استطيع تسجيل", "مقفل", "خصم المبلغ مرتين"],
  ...["فشلت عملية الدفع", "سرقت", "احتيال"],
);

/** Something does not work as it should. */
const faulty = cues(
  ...["error", "errors", "not working", "does not work", "doesn't work", "don't work", "stopped working"],
  ...[
    "broken",
    "crash",
    "crashes",
    "crashed",
    "fails",
    "failed",
    "wrong",
    "bug",
    "missing",
    "late",
    "damaged",
  ],
  ...["cannot", "can't", "unable", "stuck", "declined", "rejected", "not arrived", "never arrived"],
  ...[
    "erreur",
    "ne marche pas",
    "ne fonctionne",
    "plante",
    "mauvais",
    "en retard",
    "abîmé",
    "manque",
    "refusée",
  ],
  ...["impossible", "échoué", "خطأ", "لا يعمل", "لا تعمل", "خلل", "تالف", "ناقص", "متأخر", "لم يصل", "رفضت"],
);

/** Somebody only asks. */
const asking = cues(
  ...["how do i", "how can i", "how to", "how much", "how long", "where can i", "where do i", "is there"],
  ...[
    "comment",
    "combien",
    "où puis je",
    "est ce que",
    "existe t il",
    "كيف",
    "كم",
    "أين أ",
    "هل يمكن",
    "هل يوجد",
  ],
);

const order: readonly Severity[] = ["P0", "P1", "P2", "P3"];

export function worse(a: Severity, b: Severity): Severity {
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

/** How bad it is, by what the words say and by what is wanted. `text` is in cue form. */
export function judgeSeverity(text: string, intent: string): { severity: Severity; confidence: number } {
  const usual = usualSeverity(intent);
  const worst: [Severity, number] | null =
    everybody(text) > 0
      ? ["P0", everybody(text)]
      : blocked(text) > 0
        ? ["P1", blocked(text)]
        : faulty(text) > 0
          ? ["P2", faulty(text)]
          : null;
  if (worst) {
    const severity = worse(worst[0], worst[0] === "P2" ? usual : worst[0]);
    return { severity, confidence: Math.min(0.95, 0.7 + 0.1 * worst[1]) };
  }
  if (asking(text) > 0) return { severity: "P3", confidence: 0.75 };
  return { severity: usual, confidence: 0.55 };
}
