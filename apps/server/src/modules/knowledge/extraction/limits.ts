/** The limits that keep one file from costing more than one file may. */
export const LIMITS = {
  /** Bytes that an archive may unpack to, and how many times its own size that may be. */
  unpackedBytes: 200 * 1024 * 1024,
  unpackedRatio: 100,
  /** An archive that unpacks to less than this is harmless whatever its ratio. */
  unpackedBytesAlwaysAllowed: 1024 * 1024,
  archiveEntries: 10_000,
  /** Elements inside each other, in HTML and in the XML of a DOCX. */
  markupDepth: 300,
  /** Elements of a web page in all. */
  markupElements: 300_000,
  jsonDepth: 200,
  /** Block quotes inside each other in Markdown. */
  quoteDepth: 100,
  pdfPages: 20_000,
} as const;
