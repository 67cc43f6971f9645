/** Finds citation marks such as [1] or [1, 3] in an answer's text. */

export type Fragment = { kind: "text"; text: string } | { kind: "mark"; number: number };

const markPattern = /\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g;

/**
 * Splits text at its citation marks. A bracketed number that is no known citation stays as it was
 * written: it may be part of what the document says. `[1, 3]` becomes two marks.
 */
export function splitMarks(text: string, known: ReadonlySet<number>): Fragment[] {
  const fragments: Fragment[] = [];
  let done = 0;
  for (const match of text.matchAll(markPattern)) {
    const numbers = (match[1] ?? "").split(",").map(Number);
    if (!numbers.every((number) => known.has(number))) continue;
    if (match.index > done) fragments.push({ kind: "text", text: text.slice(done, match.index) });
    for (const number of numbers) fragments.push({ kind: "mark", number });
    done = match.index + match[0].length;
  }
  if (done < text.length) fragments.push({ kind: "text", text: text.slice(done) });
  return fragments;
}

/** The parts of a Markdown syntax tree that matter here. */
interface Node {
  type: string;
  value?: string;
  children?: Node[];
  data?: { hName: string; hProperties: Record<string, string> };
}

/** A remark plugin: marks become `<sup data-citation="n">`; code is left alone. */
export function remarkCitations(known: ReadonlySet<number>) {
  return () => (tree: Node) => replaceIn(tree, known);
}

function replaceIn(node: Node, known: ReadonlySet<number>): void {
  if (node.children === undefined) return;
  node.children = node.children.flatMap((child) => {
    if (child.type !== "text" || child.value === undefined) {
      replaceIn(child, known);
      return [child];
    }
    return splitMarks(child.value, known).map((fragment) =>
      fragment.kind === "text"
        ? { type: "text", value: fragment.text }
        : {
            type: "citationMark",
            data: { hName: "sup", hProperties: { dataCitation: String(fragment.number) } },
            children: [{ type: "text", value: String(fragment.number) }],
          },
    );
  });
}
