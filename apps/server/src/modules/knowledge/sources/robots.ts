import robotsParser from "robots-parser";

/** The name that robots.txt knows us by. */
export const robotName = "Parlance";

/** As much of a robots.txt as is read: what RFC 9309 asks for at least. */
export const maxRobotsBytes = 512 * 1024;
const maxDelaySeconds = 10;
/** Matching a pattern with `*` costs its length times the path's: past this many characters they are let go. */
const maxPatternCharacters = 20_000;

export interface Robots {
  mayRead(url: string): boolean;
  /** Seconds between two requests, 0 to 10. */
  delaySeconds: number;
  sitemaps: string[];
}

/** The rules of one site, which hold for its pages by http and https and with and without "www." alike. */
export function readRobots(text: string): Robots {
  const rules = withoutCostlyPatterns(text.slice(0, maxRobotsBytes));
  const byOrigin = new Map<string, ReturnType<typeof robotsParser>>();
  const rulesFor = (origin: string) => {
    const known = byOrigin.get(origin);
    if (known) return known;
    const parsed = robotsParser(`${origin}/robots.txt`, rules);
    byOrigin.set(origin, parsed);
    return parsed;
  };
  const any = rulesFor("http://any.example");
  const delay = any.getCrawlDelay(robotName) ?? 0;
  return {
    mayRead: (url) => rulesFor(new URL(url).origin).isAllowed(url, robotName) !== false,
    delaySeconds: Math.min(Math.max(delay, 0), maxDelaySeconds),
    sitemaps: any.getSitemaps(),
  };
}

function withoutCostlyPatterns(text: string): string {
  let spent = 0;
  const kept = text.split(/\r\n|\r|\n/).filter((line) => {
    if (!line.includes("*") || /^\s*user-agent/i.test(line)) return true;
    spent += line.length;
    return spent <= maxPatternCharacters;
  });
  return kept.join("\n");
}

/** What a page, or its answer's headers, ask of robots. */
export interface RobotsWish {
  noindex: boolean;
  nofollow: boolean;
}

/**
 * Reads the words of a `robots` meta element or of an X-Robots-Tag header, in which words after another robot's
 * name are for that robot only.
 */
export function readRobotsWish(text: string): RobotsWish {
  const wish = { noindex: false, nofollow: false };
  let forUs = true;
  for (const part of text.toLowerCase().split(",")) {
    const named = /^\s*([\w-]+)\s*:(.*)$/.exec(part);
    if (
      named &&
      !["max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"].includes(named[1] ?? "")
    )
      forUs = named[1] === robotName.toLowerCase();
    const word = (named ? (named[2] ?? "") : part).trim();
    if (!forUs) continue;
    if (word === "noindex" || word === "none") wish.noindex = true;
    if (word === "nofollow" || word === "none") wish.nofollow = true;
  }
  return wish;
}
