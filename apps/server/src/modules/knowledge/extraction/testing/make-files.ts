import { strToU8, zipSync } from "fflate";

const CONTENT_TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const RELATIONSHIPS = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`;
const DOCUMENT_START = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`;
const DOCUMENT_END = "</w:body></w:document>";

/** A DOCX with this XML as its body. */
export function makeDocx(body: string, extraFiles: Record<string, Uint8Array> = {}): Uint8Array {
  return zipSync({
    "[Content_Types].xml": strToU8(CONTENT_TYPES),
    "_rels/.rels": strToU8(RELATIONSHIPS),
    "word/document.xml": strToU8(DOCUMENT_START + body + DOCUMENT_END),
    ...extraFiles,
  });
}

/** A paragraph of a DOCX; the text is taken as XML. */
export function docxParagraph(text: string): string {
  return `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
}

/** The same archive with the unpacked size of every entry declared as 1,000 bytes. */
export function withDeclaredSizesForged(zip: Uint8Array): Uint8Array {
  const forged = zip.slice();
  const view = new DataView(forged.buffer);
  for (let offset = 0; offset + 46 < forged.length; offset++) {
    if (view.getUint32(offset, true) === 0x02014b50) view.setUint32(offset + 24, 1000, true);
  }
  return forged;
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/**
 * A PDF of one page that shows this string of single-byte codes, left to right; `unicode` says for each code which
 * letters it stands for, as the fonts of Arabic ligatures do.
 */
export function makePdf(codes: string, unicode: Record<string, string>): Uint8Array {
  const hex = (text: string, digits: number) =>
    [...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(digits, "0")).join("");
  const mappings = Object.entries(unicode).map(([code, letters]) => `<${hex(code, 2)}> <${hex(letters, 4)}>`);
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange
${mappings.length} beginbfchar ${mappings.join(" ")} endbfchar endcmap end end`;
  const content = `BT /F1 20 Tf 100 700 Td (${codes}) Tj ET`;
  const stream = (body: string) => `<< /Length ${body.length} >> stream\n${body}\nendstream`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
    stream(content),
    stream(map),
  ];
  // Without a table of offsets: readers find the objects by themselves.
  const body = objects.map((object, index) => `${index + 1} 0 obj ${object} endobj\n`).join("");
  return bytesOf(`%PDF-1.4\n${body}trailer << /Root 1 0 R /Size ${objects.length + 1} >>\n%%EOF`);
}
