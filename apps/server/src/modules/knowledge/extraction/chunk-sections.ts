import type { Atom } from "./chunk-atoms.ts";
import { headingText } from "./markdown-blocks.ts";
import type { Block } from "./types.ts";

/** A heading and what follows it, up to the next heading; or what stands before the first. */
export interface Section {
  /** The headings above, its own last. */
  path: string[];
  /** Depth of its own heading; 0 before the first heading. */
  level: number;
  atoms: Atom[];
  /** A row or record: it shares a chunk with nothing else. */
  isRecord?: true;
}

/** Sections below this share of the chunk size are gathered with their neighbours. */
const SMALL_SECTION = 0.25;
const MAX_HEADING_LENGTH = 200;

/**
 * @param cut gives the atoms of a block, in order
 * @param isData whether records are rows of a table or of JSON, and not the front matter of a text
 */
export function sectionsOf(
  text: string,
  blocks: readonly Block[],
  isData: boolean,
  cut: (block: Block) => Atom[],
): Section[] {
  let section: Section = { path: [], level: 0, atoms: [] };
  const sections = [section];
  const above: { level: number; text: string }[] = [];
  for (const block of blocks) {
    if (isData && block.kind === "record") {
      sections.push(recordSection(text, section.path, cut(block)));
      section = { ...section, atoms: [] };
      sections.push(section);
      continue;
    }
    if (block.kind === "heading") {
      const level = block.level ?? 1;
      while ((above.at(-1)?.level ?? 0) >= level) above.pop();
      above.push({
        level,
        text: headingText(text.slice(block.start, block.end)).slice(0, MAX_HEADING_LENGTH),
      });
      section = {
        path: above.map((heading) => heading.text).filter((words) => words !== ""),
        level,
        atoms: [],
      };
      sections.push(section);
    }
    // One by one: a block may have more atoms than a call can have arguments.
    for (const atom of cut(block)) section.atoms.push(atom);
  }
  return sections.filter(({ atoms }) => atoms.length > 0);
}

/** A record by itself; each piece of one that has to be cut stands under its first line, which tells whose it is. */
function recordSection(text: string, path: readonly string[], atoms: Atom[]): Section {
  const [first] = atoms;
  const line = first ? (text.slice(first.start, first.end).split("\n", 1)[0] ?? "") : "";
  const own = atoms.length > 1 ? [line.slice(0, MAX_HEADING_LENGTH)] : [];
  return { path: [...path, ...own], level: 0, atoms, isRecord: true };
}

/**
 * Joins sections that are too small to be found and understood alone: a heading without text, or a short opening,
 * with the section after it, and small neighbours under the same parent, as far as they fit into one chunk.
 */
export function groupSections(sections: readonly Section[], chunkSize: number): Section[] {
  const groups: Section[] = [];
  let last: Section | null = null; // the section that the newest group ends with
  for (const section of sections) {
    const group = groups.at(-1);
    if (section.isRecord || last?.isRecord) groups.push({ ...section, atoms: [...section.atoms] });
    else if (group && last && isOpening(group, chunkSize) && section.level > last.level) {
      groups[groups.length - 1] = { ...section, atoms: [...group.atoms, ...section.atoms] };
    } else if (group && last && areSmallNeighbours(group, last, section, chunkSize)) {
      for (const atom of section.atoms) group.atoms.push(atom);
      group.path = commonStart(group.path, section.path);
    } else groups.push({ ...section, atoms: [...section.atoms] });
    last = section;
  }
  return groups;
}

/** Headings with nothing under them, or a few words before the first heading, such as front matter. */
function isOpening(group: Section, chunkSize: number): boolean {
  if (group.level === 0) return sizeOf(group) < chunkSize * SMALL_SECTION;
  return group.atoms.every((atom) => atom.isHeading);
}

function areSmallNeighbours(group: Section, last: Section, next: Section, chunkSize: number): boolean {
  const small = chunkSize * SMALL_SECTION;
  const together = (next.atoms.at(-1)?.end ?? 0) - (group.atoms[0]?.start ?? 0);
  return sizeOf(last) < small && sizeOf(next) < small && together <= chunkSize && haveSameParent(last, next);
}

function sizeOf({ atoms }: Section): number {
  return (atoms.at(-1)?.end ?? 0) - (atoms[0]?.start ?? 0);
}

function haveSameParent(one: Section, other: Section): boolean {
  return one.level === other.level && one.path.slice(0, -1).join("\n") === other.path.slice(0, -1).join("\n");
}

function commonStart(one: readonly string[], other: readonly string[]): string[] {
  const length = one.findIndex((heading, index) => heading !== other[index]);
  return length === -1 ? [...one] : one.slice(0, length);
}
