import { fold, type Language, stemmed } from "../../../platform/text/index.ts";
import type { SourceSentence } from "./source.ts";
import type { Word } from "./words.ts";

/** Groups of opposites: each word on one side excludes each on the other, said of the same thing. */
const LISTS: Readonly<Record<Language, string>> = {
  en: `before, prior / after, following; must, shall, required, mandatory, obligatory / may, might, optional, voluntary;
    more, greater / less, fewer; most / least; all, every, each, everyone / none, some, few; always / never, sometimes, rarely;
    increase, rise, grow, rose, grew / decrease, decline, fall, drop, fell, reduce, shrink; higher, above, over / lower, below, under;
    highest / lowest; maximum, most / minimum, least; largest, biggest / smallest; larger, bigger / smaller; large, big / small;
    longer / shorter; longest / shortest; long / short; first / last; older, elder / younger; oldest / youngest, newest; earlier / later;
    earliest / latest; north, northern / south, southern; east, eastern / west, western; left / right; inside, indoors, within / outside, outdoors;
    with / without; win, won, victory, victorious / lose, lost, defeat; accept, approve, agree / reject, refuse, deny; allow, permit / forbid, prohibit, ban;
    allowed, permitted / forbidden, prohibited, banned; begin, began, start, opened / end, ended, finish, stop, closed; rich, wealthy / poor;
    strong, stronger / weak, weaker; success, succeed / failure, fail; public / private; possible / impossible; legal / illegal;
    male, men, man / female, women, woman; include, including / exclude, excluding, except; open / closed; enable / disable; enabled / disabled;
    import / export; buy, bought / sell, sold; add / remove; free / paid; internal / external; hot / cold; fast, faster / slow, slower; cheap, cheaper / expensive;
    up / down; early / late; old / new, young; true / false; same / different; positive / negative; better, best / worse, worst; day / night; many / few; before / during;
    majority / minority; rural / urban; ancient / modern; near / far; high / low`,
  fr: `avant / apres; doit, doivent, devez, obligatoire, exige / peut, peuvent, pouvez, facultatif, optionnel; plus, davantage / moins; tous, toutes, chaque, tout / aucun, aucune, certains, quelques;
    toujours / jamais, parfois, rarement; augmente, augmentation, hausse, croissance, augmenter / diminue, diminution, baisse, diminuer, reduit;
    superieur, superieure / inferieur, inferieure; maximum, maximal / minimum, minimal; premier, premiere / dernier, derniere; nord, septentrional / sud, meridional;
    est / ouest; oriental, orientale / occidental, occidentale; grand, grande, gros, vaste / petit, petite; long, longue / court, courte; haut, haute, eleve / bas, basse; interieur, dedans / exterieur, dehors; avec / sans;
    gagne, remporte, victoire / perd, defaite; accepte, approuve / refuse, rejette; autorise, permis / interdit, defendu; debut, commence, debute, commencement / fin, finit, termine, acheve;
    riche / pauvre; fort, forte / faible; succes, reussite / echec; public, publique / prive, privee; possible / impossible; legal, legale / illegal, illegale; homme, hommes, masculin / femme, femmes, feminin;
    inclus, compris, incluant / exclu, excluant, sauf; ouvert, ouverte / ferme, fermee; active / desactive; importe / exporte; achete, achat / vend, vendu, vente; gratuit / payant; chaud / froid; rapide / lent; ancien, ancienne, vieux / nouveau, nouvelle, jeune; vrai / faux;
    meilleur, meilleure / pire; jour / nuit; majorite / minorite; tot / tard; gauche / droite; interne / externe; semblable, meme / different`,
  ar: `قبل / بعد; يجب, ينبغي, الزامي / يمكن, يجوز, اختياري; اكثر / اقل; اكبر, الاكبر / اصغر, الاصغر; اعلي, الاعلي / ادني, الادني; اول, الاول, اولي, الاولي / اخر, الاخير, الاخيره; شمال, الشمال, شمالي, الشمالي, الشماليه / جنوب, الجنوب, جنوبي, الجنوبي, الجنوبيه;
    شرق, الشرق, شرقي, الشرقي, الشرقيه / غرب, الغرب, غربي, الغربي, الغربيه; زياده, ارتفاع, ارتفع, ازداد, زاد, نمو / انخفاض, انخفض, تراجع, نقص, هبوط; داخل / خارج; جميع, كل, كافه / بعض, احد; دائما / ابدا, احيانا, نادرا; كبير, كبيره, الكبير, الكبيره / صغير, صغيره, الصغير, الصغيره;
    طويل, طويله / قصير, قصيره; قوي, قويه / ضعيف, ضعيفه; غني, غنيه / فقير, فقيره; بدايه, بدا / نهايه, انتهي; فوق / تحت; فاز, فوز, انتصار, ربح / خسر, خساره, هزيمه; قبول, وافق / رفض; مسموح, يسمح / ممنوع, محظور, يحظر; عام, عامه / خاص, خاصه; ممكن / مستحيل; رجال, ذكور / نساء, اناث; مفتوح / مغلق; شراء / بيع; مجاني / مدفوع;
    قديم, قديمه / جديد, جديده, حديث, حديثه; افضل / اسوا; نهار / ليل; اغلبيه / اقليه; سريع / بطيء; مبكر / متاخر; مع / بدون, دون; يمين / يسار; قريب / بعيد; صحيح / خاطئ; حار / بارد`,
  other: "",
};

function read(language: Language): ReadonlyMap<string, ReadonlySet<string>> {
  const opposites = new Map<string, Set<string>>();
  for (const group of LISTS[language].split(";")) {
    const [one = [], other = []] = group
      .split("/")
      .map((side) => side.split(",").map((word) => stemmed(fold(word.trim()), language)));
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      for (const word of from) opposites.set(word, new Set([...(opposites.get(word) ?? []), ...to]));
    }
  }
  return opposites;
}
const OPPOSITES = { en: read("en"), fr: read("fr"), ar: read("ar"), other: read("other") };

/** True if the one word excludes the other where both are said of the same thing. */
export function areOpposite(one: Word, other: Word, language: Language): boolean {
  return OPPOSITES[language].get(one.stem)?.has(other.stem) ?? false;
}

/** How many words on either side belong to what an opposite is said of. */
const REACH = 3;

/**
 * A word of the claim beside which its source has the opposite, as a reason: "after" where it has "before", both
 * next to the same words. What the source says itself of those words is no conflict, nor is an opposite that one of
 * the two denies.
 */
export function oppositeConflict(
  claim: readonly Word[],
  aligned: readonly SourceSentence[],
  language: Language,
): string | undefined {
  for (const [at, word] of claim.entries()) {
    const excluded = OPPOSITES[language].get(word.stem);
    if (!excluded) continue;
    const beside = neighbours(claim, at);
    if (beside.size === 0) continue;
    const isSaid = aligned.some(({ all }) =>
      all.some((other, place) => other.stem === word.stem && shares(beside, neighbours(all, place))),
    );
    if (isSaid) continue;
    for (const { all } of aligned) {
      const place = all.findIndex(
        (other, place) => excluded.has(other.stem) && shares(beside, neighbours(all, place)),
      );
      const found = all[place];
      if (found && !isDenied(claim, at) && !isDenied(all, place))
        return `the source has "${found.written}" where the claim has "${word.written}"`;
    }
  }
  return undefined;
}

/** The content words and numbers near a place. */
function neighbours(words: readonly Word[], at: number): ReadonlySet<string> {
  const near = [...words.slice(Math.max(0, at - REACH), at), ...words.slice(at + 1, at + 1 + REACH)];
  return new Set(near.filter((word) => word.isContent || /\d/.test(word.stem)).map(({ stem }) => stem));
}

function shares(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((stem) => other.has(stem));
}

const DENIALS = new Set("not no never ne pas jamais aucun aucune لا لم لن ليس ليست غير".split(" "));

function isDenied(words: readonly Word[], at: number): boolean {
  return words.slice(Math.max(0, at - 3), at + 3).some(({ stem }, place) => place !== 3 && DENIALS.has(stem));
}
