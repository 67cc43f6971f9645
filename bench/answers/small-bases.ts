/*
 * Knowledge bases of a person who tries the product: one to six short documents, and what they ask first. `holds` is
 * what a right answer must quote; a question without it has no answer there. No weight was
 * fitted to these, though grading was improved with them in view.
 */
import type { Language } from "../../apps/server/src/platform/text/index.ts";
import type { Paragraph } from "./cases.ts";

export interface SmallBase {
  language: Language;
  documents: readonly Paragraph[];
  questions: readonly (readonly [question: string, holds?: RegExp])[];
}

const page = (title: string, text: string): Paragraph => ({ title, text });

export const SMALL_BASES: Readonly<Record<string, SmallBase>> = {
  "one sentence": {
    language: "en",
    documents: [page("Refunds", "A refund takes 14 days.")],
    questions: [
      ["How long does a refund take?", /14 days/],
      ["When do I get my refund?", /14 days/],
      ["refund", /14 days/],
      ["Do you sell gift cards?"],
      ["Where is your office?"],
      ["How do I change my password?"],
    ],
  },
  shop: {
    language: "en",
    documents: [
      page("Refunds", "A refund takes 14 days after we receive the parcel. Shipping costs are not refunded."),
      page(
        "Do you ship to Norway?",
        "Yes. Parcels to Norway arrive within six working days and cost 9 euros.",
      ),
      page(
        "Opening hours",
        "We are open from Monday to Friday, 9:00 to 18:00. On Saturdays we close at noon. There is parking behind the shop.",
      ),
      page(
        "Payment",
        "We accept Visa, Mastercard and bank transfer. An invoice is sent by email when the order is confirmed.",
      ),
      page(
        "Warranty",
        "Every bicycle has a warranty of two years. The battery is covered for 500 charging cycles.",
      ),
    ],
    questions: [
      ["How long does a refund take after the parcel?", /14 days/],
      ["How long does a refund take?", /14 days/],
      ["Do you ship to Norway?", /norway/],
      ["How much is shipping to Norway?", /9 euros/],
      ["When are you open?", /monday/],
      ["Are you open on Saturday?", /noon/],
      ["Where can I park?", /parking/],
      ["and what about parking there?", /parking/],
      ["Which cards do you accept?", /visa/],
      ["Can I pay by bank transfer?", /bank transfer/],
      ["How long is the warranty?", /two years/],
      ["Is the battery covered?", /500/],
      ["Do you ship to Japan?"],
      ["Do you rent out motorcycles?"],
      ["Who founded the company?"],
      ["Can I bring my dog on the train?"],
      ["How do I reset my password?"],
      ["What is the capital of Norway?"],
    ],
  },
  "two that disagree": {
    language: "en",
    documents: [
      page("Refund policy", "A refund takes 14 days after we receive the parcel."),
      page("Refunds, old", "A refund takes 30 days after we receive the parcel."),
    ],
    questions: [
      ["How long does a refund take?", /days/],
      ["How many days does a refund take after you receive the parcel?", /days/],
      ["Do you offer discounts to students?"],
    ],
  },
  boutique: {
    language: "fr",
    documents: [
      page("Remboursements", "Le remboursement prend 14 jours après réception du colis."),
      page(
        "Horaires",
        "Nous sommes ouverts du lundi au vendredi, de 9 h à 18 h. Le magasin est fermé le dimanche.",
      ),
      page("Livraison", "La livraison en Belgique coûte 12 euros. Les colis arrivent en trois jours ouvrés."),
    ],
    questions: [
      ["Combien de temps prend un remboursement ?", /14 jours/],
      ["Quels sont vos horaires ?", /lundi/],
      ["Êtes-vous ouverts le dimanche ?", /dimanche/],
      ["Combien coûte la livraison en Belgique ?", /12 euros/],
      ["Livrez-vous en Belgique ?", /belgique/],
      ["Livrez-vous au Canada ?"],
      ["Comment changer mon mot de passe ?"],
      ["Vendez-vous des cartes cadeaux ?"],
    ],
  },
  متجر: {
    language: "ar",
    documents: [
      page("الاسترداد", "يستغرق استرداد المبلغ 14 يوما بعد استلام الطرد."),
      page("ساعات العمل", "نحن نعمل من الأحد إلى الخميس من الساعة التاسعة صباحا حتى السادسة مساء."),
      page("الشحن", "تكلفة الشحن إلى الأردن 12 دولارا وتصل الطرود خلال ثلاثة أيام."),
    ],
    questions: [
      ["كم يستغرق استرداد المبلغ؟", /14/],
      ["ما هي ساعات العمل؟", /الاحد/],
      ["كم تكلفة الشحن إلى الأردن؟", /12/],
      ["متى يصل الطرد؟", /ثلاث/],
      ["كيف أغير كلمة المرور؟"],
      ["هل تبيعون بطاقات هدايا؟"],
    ],
  },
};
