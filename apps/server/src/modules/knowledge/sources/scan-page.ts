import { createHash } from "node:crypto";
import { Parser } from "htmlparser2";
import { type RobotsWish, readRobotsWish } from "./robots.ts";

export interface PageScan extends RobotsWish {
  title: string;
  /** As written, not yet resolved. */
  canonical: string | null;
  /** Addresses that `accept` let through, each once, in order. */
  links: string[];
  /** Of the words that a reader sees: scripts, styles and attributes do not change it. */
  textHash: string;
  hasText: boolean;
}

const slice = 64 * 1024;
const maxDepth = 300;
const unseen = new Set(["script", "style", "noscript", "template", "svg"]);

/**
 * What a crawler needs of a page, read in one pass and in slices, so that neither a large nor a hostile page holds
 * up the server; no tree is built and nothing in it runs. The text that is searched is read elsewhere, in the
 * limited child process. Past `maxLinks` links, or an absurd depth, no more are taken.
 *
 * @param accept resolves a link against the page's base, or refuses it
 */
export async function scanPage(
  html: string,
  options: { maxLinks: number; accept: (href: string, base: string | null) => string | null },
): Promise<PageScan> {
  const hash = createHash("sha256");
  const links = new Set<string>();
  const scan = {
    title: "",
    canonical: null as string | null,
    noindex: false,
    nofollow: false,
    hasText: false,
  };
  let base: string | null = null;
  let depth = 0;
  let unseenAt = 0; // the depth of the outermost element that is not shown, 0 outside
  let inTitle = false;
  let isEndless = false;
  let endsWithSpace = true;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (++depth > maxDepth) isEndless = true;
        if (unseenAt === 0 && unseen.has(name)) unseenAt = depth;
        inTitle = name === "title" && unseenAt === 0 && scan.title === "";
        if (name === "base" && base === null) base = attributes.href ?? null;
        else if (name === "meta" && /^(robots|parlance)$/i.test(attributes.name ?? "")) {
          const wish = readRobotsWish(attributes.content ?? "");
          scan.noindex ||= wish.noindex;
          scan.nofollow ||= wish.nofollow;
        } else if (name === "link" && hasWord(attributes.rel, "canonical")) {
          scan.canonical ??= attributes.href?.trim() || null;
        } else if ((name === "a" || name === "area") && attributes.href && links.size < options.maxLinks) {
          if (hasWord(attributes.rel, "nofollow")) return;
          const link = options.accept(attributes.href.trim(), base);
          if (link !== null) links.add(link);
        }
      },
      ontext(text) {
        if (unseenAt > 0) return;
        if (inTitle) {
          scan.title += text.slice(0, 1000);
          hash.update(text);
          return;
        }
        // white space that is cut in two between pieces counts once
        const words = text.replace(/\s+/g, " ").slice(endsWithSpace && /^\s/.test(text) ? 1 : 0);
        if (words === "") return;
        hash.update(words);
        endsWithSpace = words.endsWith(" ");
        if (words !== " ") scan.hasText = true;
      },
      onclosetag() {
        if (depth === unseenAt) unseenAt = 0;
        depth--;
        inTitle = false;
      },
    },
    { decodeEntities: true },
  );
  for (let at = 0; at < html.length && !isEndless; at += slice) {
    parser.write(html.slice(at, at + slice));
    await new Promise(setImmediate);
  }
  if (!isEndless) parser.end();
  else hash.update(html);
  return {
    ...scan,
    hasText: scan.hasText || isEndless,
    title: scan.title.replace(/\s+/g, " ").trim(),
    links: scan.nofollow ? [] : [...links],
    textHash: hash.digest("hex"),
  };
}

function hasWord(list: string | undefined, word: string): boolean {
  return (list ?? "").toLowerCase().split(/\s+/).includes(word);
}
