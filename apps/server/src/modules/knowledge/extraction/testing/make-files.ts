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
