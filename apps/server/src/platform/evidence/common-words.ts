import { analyze, type Language } from "../text/index.ts";

/*
 * Words that everyday language is full of, beyond stop words: that a small knowledge base lacks one of them says
 * nothing of whether it holds the answer.
 */
const COMMON: Readonly<Record<Language, string>> = {
  en:
    "able allow anything ask available back bring buy call check come do easy " +
    "everything find get give go good happen have help keep know leave let like " +
    "look lot make many mean much must need now often one pay " +
    "please possible provide put quick really receive right say see send set should show small " +
    "something soon still stop take tell thing think time try turn two use usual wait want " +
    "way well work would",
  fr:
    "acheter aider aller appeler arriver attendre avoir besoin bien bon changer chose commencer " +
    "comprendre concerner connaitre convenir croire demander devenir devoir dire donner envoyer etre " +
    "exister facile faire falloir fonctionner laisser mettre moyen obtenir offrir " +
    "partir passer payer pendant penser permettre possible pouvoir prendre " +
    "proposer quelque recevoir rendre rester savoir sembler servir temps tenir toujours trouver utiliser " +
    "venir voir vouloir",
  ar:
    "احتاج اخذ اراد اريد استخدام استطاع استطيع اعطي امكن ايضا بعض تريد تستطيع تقدم تقدمون تقوم جاء جدا " +
    "جعل حاجة حصل حصول خاص ذهب راي شيء طريقة عادة عرف فعل قام قدم كل " +
    "مساعدة معرفة ممكن وجد وصل وضع يجب يحتاج يريد يستخدم يستطيع يعمل يقوم يمكن يوجد",
  other: "",
};
const known = new Map<Language, ReadonlySet<string>>();

/** True if `term`, a stem, is of a word that any text may hold. */
export function isCommonTerm(term: string, language: Language): boolean {
  const stems =
    known.get(language) ?? new Set(COMMON[language].split(" ").flatMap((word) => analyze(word, language)));
  known.set(language, stems);
  return stems.has(term);
}
