import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DiffRow, diffTexts } from "./text-diff.ts";

/** The rows as one text: `+` added, `-` removed, within lines `{+…+}` and `[-…-]`. */
function show(rows: DiffRow[]): string[] {
  return rows.map((row) => {
    if (row.kind === "gap") return `… ${row.lines}`;
    if (row.kind === "changed") {
      const marks = { same: ["", ""], added: ["{+", "+}"], removed: ["[-", "-]"] } as const;
      return `~${row.pieces.map(({ kind, text }) => marks[kind][0] + text + marks[kind][1]).join("")}`;
    }
    return { same: " ", added: "+", removed: "-" }[row.kind] + row.text;
  });
}

describe("diffTexts", () => {
  test.each<[title: string, before: string, after: string, rows: string[], added: number, removed: number]>([
    ["the same", "Be kind.", "Be kind.", [" Be kind."], 0, 0],
    [
      "words of a line",
      "Be kind to all.",
      "Be very kind to me.",
      ["~Be {+very +}kind to [-all-]{+me+}."],
      2,
      1,
    ],
    ["a line more", "One.\nTwo.", "One.\nNew line.\nTwo.", [" One.", "+New line.", " Two."], 2, 0],
    ["a line less", "One.\nTwo.\nThree.", "One.\nThree.", [" One.", "-Two.", " Three."], 0, 1],
    ["another text", "Be formal and short.", "Jokes!", ["-Be formal and short.", "+Jokes!"], 1, 4],
    ["from nothing", "", "One.\nTwo.", ["+One.", "+Two."], 2, 0],
    ["to nothing", "One.", "", ["-One."], 0, 1],
    ["spaces alone", "Be kind.", "Be  kind.", ["~Be[- -]{+  +}kind."], 0, 0],
    [
      "Arabic words",
      "كن ودودًا وموجزًا دائمًا.",
      "كن لطيفًا وموجزًا دائمًا.",
      ["~كن [-ودودًا-]{+لطيفًا+} وموجزًا دائمًا."],
      1,
      1,
    ],
    [
      "French elision",
      "Dites l’heure exacte ici.",
      "Dites l’adresse exacte ici.",
      ["~Dites [-l’heure-]{+l’adresse+} exacte ici."],
      1,
      1,
    ],
    [
      "an emoji of several signs",
      "Hello dear 👩‍👩‍👧 all",
      "Hello dear 👩‍👩‍👦 all",
      ["~Hello dear [-👩‍👩‍👧-]{+👩‍👩‍👦+} all"],
      0,
      0,
    ],
  ])("%s", (_, before, after, rows, wordsAdded, wordsRemoved) => {
    const diff = diffTexts(before, after);
    expect(show(diff.rows)).toEqual(rows);
    expect(diff).toMatchObject({ wordsAdded, wordsRemoved });
  });

  test("leaves out lines that are far from every change, and counts them", () => {
    const lines = Array.from({ length: 12 }, (_, n) => `Line ${n}.`);
    const after = lines.with(6, "Line six.");
    expect(show(diffTexts(lines.join("\n"), after.join("\n")).rows)).toEqual([
      "… 4",
      " Line 4.",
      " Line 5.",
      "~Line [-6-]{+six+}.",
      " Line 7.",
      " Line 8.",
      "… 3",
    ]);
  });

  test("does not stop for two long texts that have nothing in common", () => {
    const text = (word: string) => Array.from({ length: 3_000 }, (_, n) => word + n).join(" ");
    const { rows, wordsAdded } = diffTexts(text("a"), text("b"));
    expect(rows.map(({ kind }) => kind)).toEqual(["removed", "added"]);
    expect(wordsAdded).toBe(3_000);
  });

  test("loses nothing: without what was added it is the old text, without what was removed the new", () => {
    const line = fc.array(fc.constantFrom("be", "kind", "كن", "é", "👩‍👩‍👧", ".", ""), { maxLength: 6 });
    const text = fc
      .array(line, { maxLength: 5 })
      .map((all) => all.map((words) => words.join(" ")).join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { rows } = diffTexts(before, after);
        const without = (kind: "added" | "removed") =>
          rows.flatMap((row) => {
            if (row.kind === "gap") return Array<null>(row.lines).fill(null);
            if (row.kind === kind) return [];
            if (row.kind !== "changed") return [row.text];
            const rest = row.pieces.filter((piece) => piece.kind !== kind);
            return rest
              .map((piece) => piece.text)
              .join("")
              .split("\n");
          });
        const same = (rebuilt: (string | null)[], whole: string) => {
          const lines = whole === "" ? [] : whole.split("\n");
          expect(rebuilt.map((kept, index) => kept ?? lines[index])).toEqual(lines);
        };
        same(without("added"), before);
        same(without("removed"), after);
      }),
    );
  });
});
