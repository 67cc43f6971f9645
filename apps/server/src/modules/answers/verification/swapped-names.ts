import type { Word } from "./words.ts";

/** A name as it is written, one or more words, with the two words on each side. */
interface Name {
  stems: string[];
  written: string;
  before: readonly Word[];
  after: readonly Word[];
}

/**
 * A name of the claim where its source has another of the claim's names, as a reason: "A beat B" for "B beat A".
 * Words around a name count only two together, on one side; where none of them is a content word, the other name
 * must stand in this one's place, too. A change of voice changes those words, so it is not judged here.
 */
export function swappedNames(claim: readonly Word[], source: readonly Word[]): string | undefined {
  const claimed = namesIn(claim);
  const sourced = namesIn(source);
  const moved: { from: Name; to: Name; isCertain: boolean }[] = [];
  for (const from of claimed) {
    const own = sourced.filter((name) => isSame(name, from));
    if (own.length === 0 || own.some((name) => sides(from, name).length > 0)) continue;
    for (const to of sourced) {
      if (isSame(from, to) || !claimed.some((name) => isSame(name, to))) continue;
      const shared = sides(from, to);
      if (shared.length > 0)
        moved.push({ from, to, isCertain: shared.flat().some(({ isContent }) => isContent) });
    }
  }
  const found = moved.find(
    ({ from, to, isCertain }) =>
      isCertain || moved.some((other) => isSame(other.from, to) && isSame(other.to, from)),
  );
  return found && `the source has "${found.to.written}" where the claim has "${found.from.written}"`;
}

function namesIn(words: readonly Word[]): Name[] {
  const names: Name[] = [];
  for (let at = 0; at < words.length; at++) {
    if (!words[at]?.isName) continue;
    let end = at + 1;
    while (words[end]?.isName) end++;
    const own = words.slice(at, end);
    names.push({
      stems: own.map(({ stem }) => stem),
      written: own.map(({ written }) => written).join(" "),
      before: words.slice(Math.max(0, at - 2), at),
      after: words.slice(end, end + 2),
    });
    at = end - 1;
  }
  return names;
}

function isSame(one: Name, other: Name): boolean {
  return one.stems.some((stem) => other.stems.includes(stem));
}

/** The sides on which both have the same two words. */
function sides(one: Name, other: Name): (readonly Word[])[] {
  return [[one.before, other.before] as const, [one.after, other.after] as const].flatMap(([here, there]) =>
    here.length === 2 && there.length === 2 && here.every(({ stem }, at) => stem === there[at]?.stem)
      ? [here]
      : [],
  );
}

const CAPITAL = /^\p{Lu}\p{L}+$/u;

/**
 * Two names of the claim run together that the source never has together, where it goes on after the first with
 * another: "Josh Smith" where it has "Josh Norman" and a Smith elsewhere.
 */
export function mixedNames(
  claim: readonly Word[],
  sources: readonly (readonly Word[])[],
): string | undefined {
  const isPair = (words: readonly Word[], at: number): boolean => {
    const [one, other] = [words[at], words[at + 1]];
    return (
      one !== undefined &&
      other?.isName === true &&
      CAPITAL.test(one.written) &&
      CAPITAL.test(other.written) &&
      other.start === one.end + 1
    );
  };
  for (const [at, word] of claim.entries()) {
    const next = claim[at + 1];
    if (!next || !word.isContent || !isPair(claim, at)) continue;
    const followers = sources.flatMap((words) =>
      words.flatMap((other, place) => {
        const follower = words[place + 1];
        return other.stem === word.stem && CAPITAL.test(other.written) && follower
          ? [{ follower, isPair: isPair(words, place) }]
          : [];
      }),
    );
    const paired = followers.filter((each) => each.isPair);
    // alone it may stand for the whole name, and then something may be added
    if (paired.length === 0 || paired.length < followers.length) continue;
    const other = paired[0]?.follower;
    if (other && paired.every(({ follower }) => follower.stem !== next.stem))
      return `the source has "${word.written} ${other.written}" where the claim has "${word.written} ${next.written}"`;
  }
  return undefined;
}
