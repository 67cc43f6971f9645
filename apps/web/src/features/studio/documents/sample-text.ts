import type { Language } from "../../../lib/preferences.ts";

interface Sample {
  content: string;
  /** Questions that the text answers. */
  questions: readonly [string, string, string];
}

/** A small invented shop, so that a first answer with sources can be seen before any document is at hand. */
export const samples: Readonly<Record<Language, Sample>> = {
  en: {
    content: `# Harbour Bikes: customer information

## Opening hours

The shop is open Monday to Friday from 9:00 to 18:30, and on Saturday from 10:00 to 16:00. It is closed on Sundays and public holidays.

## Renting a bike

A city bike costs 18 euros a day, an electric bike 35 euros a day. A helmet and a lock are included. A deposit of 100 euros is held on the card and released within three days of the return.

## Returns and refunds

Unused goods can be returned within 30 days with the receipt. Refunds go to the original means of payment within five working days. Opened tubes of repair paste cannot be returned.

## Repairs

Most repairs are done within two working days. A puncture is mended while you wait for 12 euros.
`,
    questions: [
      "When are you open on Saturday?",
      "What does an electric bike cost per day?",
      "How long can I return unused goods?",
    ],
  },
  fr: {
    content: `# Vélos du Port : informations aux clients

## Horaires d’ouverture

Le magasin est ouvert du lundi au vendredi de 9 h à 18 h 30, et le samedi de 10 h à 16 h. Il est fermé le dimanche et les jours fériés.

## Louer un vélo

Un vélo de ville coûte 18 euros par jour, un vélo électrique 35 euros par jour. Un casque et un antivol sont compris. Une caution de 100 euros est bloquée sur la carte et libérée dans les trois jours suivant le retour.

## Retours et remboursements

Les articles non utilisés peuvent être rendus sous 30 jours avec le ticket de caisse. Le remboursement est versé sur le moyen de paiement d’origine sous cinq jours ouvrés. Les tubes de colle ouverts ne sont pas repris.

## Réparations

La plupart des réparations sont faites sous deux jours ouvrés. Une crevaison est réparée sur place pour 12 euros.
`,
    questions: [
      "Quels sont les horaires du samedi ?",
      "Combien coûte un vélo électrique par jour ?",
      "Sous combien de jours les articles peuvent-ils être rendus ?",
    ],
  },
  ar: {
    content: `# درّاجات الميناء: معلومات للعملاء

## أوقات العمل

المتجر مفتوح من الإثنين إلى الجمعة من الساعة 9:00 إلى 18:30، ويوم السبت من الساعة 10:00 إلى 16:00. وهو مغلق أيام الأحد والعطل الرسمية.

## استئجار درّاجة

تكلفة درّاجة المدينة 18 يورو في اليوم، وتكلفة الدرّاجة الكهربائية 35 يورو في اليوم. الخوذة والقفل مشمولان. يُحجز تأمين قدره 100 يورو على البطاقة ويُعاد خلال ثلاثة أيام من إرجاع الدرّاجة.

## الإرجاع واسترداد المال

يمكن إرجاع البضائع غير المستعملة خلال 30 يومًا مع الإيصال. يُردّ المبلغ بوسيلة الدفع الأصلية خلال خمسة أيام عمل. لا تُقبل أنابيب اللاصق المفتوحة.

## الإصلاح

تُنجز معظم الإصلاحات خلال يومي عمل. يُصلَح الثقب أثناء الانتظار مقابل 12 يورو.
`,
    questions: [
      "ما أوقات العمل يوم السبت؟",
      "كم تكلفة الدرّاجة الكهربائية في اليوم؟",
      "خلال كم يومًا يمكن إرجاع البضائع؟",
    ],
  },
};
