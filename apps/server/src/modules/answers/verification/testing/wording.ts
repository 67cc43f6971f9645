import type { Language } from "../../../../platform/text/index.ts";

/* Word lists of the planted errors and true paraphrases: written beside the check, and read by nothing of it. */

export type Spoken = Exclude<Language, "other">;

const pairs = (text: string): [string, string][] =>
  text
    .trim()
    .split(/\s*;\s*/)
    .map((pair) => pair.split("="))
    .flatMap(([one, other]) => (one && other ? [[one.trim(), other.trim()] as [string, string]] : []));

/** Each may stand for the other without changing what is said. */
export const SYNONYMS: Readonly<Record<Spoken, [string, string][]>> = {
  en: pairs(
    `began=started; built=constructed; large=big; located=situated; approximately=about; primarily=mainly; received=got;
     created=made; required=needed; usually=normally; obtain=get; however=but; many=numerous; small=little;
     also=as well; near=close to; important=significant; often=frequently; famous=well-known; helped=assisted;
     because=since; during=in the course of; purchased=bought; selected=chosen; ended=finished; whole=entire;
     difficult=hard; children=kids; doctors=physicians; rich=wealthy; used=employed; called=named; allowed=permitted;
     shows=demonstrates; said=stated; died=passed away; various=several; known as=called`,
  ),
  fr: pairs(
    `débuta=commença; construit=bâti; grand=vaste; situé=localisé; environ=à peu près; principalement=surtout;
     obtenu=reçu; créé=fondé; nécessaire=requis; souvent=fréquemment; cependant=toutefois; important=majeur;
     célèbre=connu; également=aussi; notamment=en particulier; car=parce que; pendant=durant; utilisé=employé;
     appelé=nommé; ensuite=puis; plusieurs=divers; termine=achève; permet de=sert à; début=commencement;
     lors de=au moment de; actuellement=à présent; difficile=compliqué; rapidement=vite; considéré=vu`,
  ),
  ar: pairs(
    `بدأ=شرع; كبير=ضخم; كبيرة=ضخمة; يقع=يوجد; تقع=توجد; حوالي=نحو; أيضا=كذلك; أيضًا=كذلك; بسبب=نتيجة; خلال=أثناء;
     العديد=الكثير; مهم=هام; غالبا=عادة; مثل=كـ; استخدم=وظف; حصل=نال; أصبح=صار; أصبحت=صارت; يعتبر=يعد; تعتبر=تعد;
     معظم=أغلب; بناء=تشييد; مشهور=معروف; تقريبا=نحو; قام=عمد`,
  ),
};

/** Each says the opposite of the other where it stands. */
export const OPPOSITES: Readonly<Record<Spoken, [string, string][]>> = {
  en: pairs(
    `before=after; must=may; more=less; most=least; increased=decreased; increase=decrease; first=last; always=never;
     larger=smaller; higher=lower; north=south; east=west; northern=southern; eastern=western; older=younger; earlier=later;
     maximum=minimum; above=below; with=without; all=none of the; won=lost; accepted=rejected; allowed=forbidden;
     begins=ends; began=ended; inside=outside; rich=poor; strong=weak; success=failure; longest=shortest;
     largest=smallest; highest=lowest; oldest=youngest; public=private; possible=impossible; legal=illegal; male=female`,
  ),
  fr: pairs(
    `avant=après; plus=moins; premier=dernier; première=dernière; toujours=jamais; nord=sud; est de=ouest de;
     augmente=diminue; augmentation=diminution; grand=petit; grande=petite; haut=bas; avec=sans; tous=aucun; début=fin;
     commence=finit; possible=impossible; public=privé; gagne=perd; supérieur=inférieur; supérieure=inférieure; fort=faible;
     intérieur=extérieur; riche=pauvre; maximum=minimum; accepte=refuse; autorisé=interdit`,
  ),
  ar: pairs(
    `قبل=بعد; أكثر=أقل; أكبر=أصغر; أول=آخر; شمال=جنوب; شرق=غرب; الشمالية=الجنوبية; الشرقية=الغربية; زيادة=انخفاض; أعلى=أدنى;
     داخل=خارج; جميع=لا أحد من; كل=بعض; كبيرة=صغيرة; كبير=صغير; قوية=ضعيفة; ارتفاع=انخفاض; بداية=نهاية; فوق=تحت`,
  ),
};

/** One measure in another's place. */
export const UNITS: Readonly<Record<Spoken, [string, string][]>> = {
  en: pairs(
    `million=billion; percent=points; years=months; days=weeks; hours=minutes; kilometers=miles; km=miles; meters=feet; metres=feet;
     feet=inches; miles=kilometers; dollars=euros; century=decade; months=years; weeks=days; minutes=hours; acres=hectares;
     %= dollars; yards=meters; people=families; points=percent`,
  ),
  fr: pairs(
    `millions=milliards; ans=mois; jours=semaines; heures=minutes; kilomètres=miles; km=miles; mètres=pieds; euros=dollars;
     mois=ans; minutes=heures; siècle=décennie; hectares=acres; kg=tonnes; années=mois; semaines=jours`,
  ),
  ar: pairs(
    `مليون=مليار; سنوات=أشهر; عاما=شهرا; عام=شهر; أيام=أسابيع; ساعات=دقائق; كيلومتر=ميل; متر=قدم; دولار=يورو; ميل=كيلومتر; قدم=متر; كم=ميل`,
  ),
};

export const MONTHS: Readonly<Record<Spoken, string[]>> = {
  en: "January February March April May June July August September October November December".split(" "),
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
  ar: "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(" "),
};

/** From two on. */
export const COUNTS: Readonly<Record<Spoken, string[]>> = {
  en: "two three four five six seven eight nine ten eleven twelve".split(" "),
  fr: "deux trois quatre cinq six sept huit neuf dix onze douze".split(" "),
  ar: "اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split(" "),
};

/** A whole word, in whichever script. */
export function word(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{Nd}])${escaped}(?![\\p{L}\\p{Nd}])`, "u");
}

/** The text with the first pair's word that it holds replaced; from the `at`th pair on, so that places vary. */
export function replacePair(text: string, list: readonly [string, string][], at = 0): string | undefined {
  for (let step = 0; step < list.length; step++) {
    const [one = "", other = ""] = list[(at + step) % list.length] ?? [];
    if (word(one).test(text)) return text.replace(word(one), other);
    if (word(other).test(text)) return text.replace(word(other), one);
  }
  return undefined;
}
