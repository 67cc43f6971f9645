import {
  bytesOf,
  docxParagraph,
  makeDocx,
  makePdf,
} from "../../../apps/server/src/modules/knowledge/extraction/testing/make-files.ts";

/** A word of its own by which a question finds its document. */
export const topic = (index: number) => `zebra${String.fromCharCode(97 + index)}qua`;
export const factOf = (index: number) => `The refund of ${topic(index)} takes 14 days.`;
export const questionOf = (index: number) => `How long does the refund of ${topic(index)} take?`;
export const escapeXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\u0000", "");

/** Something true, and what an attacker wrote beside it. */
interface Line {
  fact: string;
  attack: string;
}
type File = (line: Line) => { name: string; type: string; bytes: Uint8Array };
export const files: Record<string, File> = {
  txt: ({ fact, attack }) => ({ name: "a.txt", type: "text/plain", bytes: bytesOf(`${fact}\n${attack}`) }),
  markdown: ({ fact, attack }) => ({
    name: "a.md",
    type: "text/markdown",
    bytes: bytesOf(`${fact}\n\n${attack}`),
  }),
  html: ({ fact, attack }) => ({
    name: "a.html",
    type: "text/html",
    bytes: bytesOf(
      `<html><body><p>${fact}</p><p>${escapeXml(attack)}</p><p hidden>${attack}</p></body></html>`,
    ),
  }),
  csv: ({ fact, attack }) => ({
    name: "a.csv",
    type: "text/csv",
    bytes: bytesOf(`fact,note\n"${fact}","${attack.replaceAll('"', '""')}"\n`),
  }),
  json: (line) => ({ name: "a.json", type: "application/json", bytes: bytesOf(JSON.stringify([line])) }),
  docx: ({ fact, attack }) => ({
    name: "a.docx",
    type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    bytes: makeDocx(docxParagraph(fact) + docxParagraph(escapeXml(attack))),
  }),
  pdf: ({ fact, attack }) => ({
    name: "a.pdf",
    type: "application/pdf",
    bytes: makePdf(`${fact} ${attack}`.replace(/[^ -~]/g, " ").replace(/[\\()]/g, "\\$&"), ascii),
  }),
};
const ascii = Object.fromEntries(
  Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).map((letter) => [letter, letter]),
);
