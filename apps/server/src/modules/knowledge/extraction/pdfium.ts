import { PDFiumModule } from "@hyzyla/pdfium";

/** The part of PDFium's C interface that reading text needs; the package's own classes leave half of it out. */
interface PdfiumFunctions {
  HEAPU8: Uint8Array;
  wasmExports: { malloc: (bytes: number) => number; free: (pointer: number) => void };
  _FPDF_InitLibraryWithConfig: (config: object) => void;
  _FPDF_LoadMemDocument: (data: number, bytes: number, password: number) => number;
  _FPDF_GetLastError: () => number;
  _FPDF_CloseDocument: (document: number) => void;
  _FPDF_GetPageCount: (document: number) => number;
  _FPDF_GetMetaText: (document: number, tag: number, buffer: number, bytes: number) => number;
  _FPDF_LoadPage: (document: number, index: number) => number;
  _FPDF_ClosePage: (page: number) => void;
  _FPDFPage_Flatten: (page: number, use: number) => number;
  _FPDFText_LoadPage: (page: number) => number;
  _FPDFText_ClosePage: (textPage: number) => void;
  _FPDFText_CountChars: (textPage: number) => number;
  _FPDFText_GetText: (textPage: number, start: number, count: number, buffer: number) => number;
  _FPDFText_GetUnicode: (textPage: number, index: number) => number;
  _FPDFText_GetCharOrigin: (textPage: number, index: number, x: number, y: number) => number;
  _FPDFText_GetFontSize: (textPage: number, index: number) => number;
}

const ALEF_LAM = /[\u0622\u0623\u0625\u0627]\u0644/g;
const FLATTEN_FOR_DISPLAY = 0;
const FLATTENED = 1;
const PASSWORD_ERRORS = [4, 5]; // FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

/** One line of a page, as PDFium tells it. */
export interface PdfLine {
  text: string;
  /** In points, of the character in the middle of the line. */
  fontSize: number;
}

/** Why a PDF does not open. */
export class PdfOpenError extends Error {
  readonly needsPassword: boolean;

  constructor(code: number) {
    super(`PDFium error ${code}`);
    this.needsPassword = PASSWORD_ERRORS.includes(code);
  }
}

/** An open PDF. Every handle that PDFium gives out is returned to it here; `close` ends the document. */
export class PdfDocument {
  readonly #pdfium: PdfiumFunctions;
  readonly #data: number;
  readonly #document: number;

  private constructor(pdfium: PdfiumFunctions, data: number, document: number) {
    this.#pdfium = pdfium;
    this.#data = data;
    this.#document = document;
  }

  /** @throws {PdfOpenError} when the bytes are damaged or need a password */
  static async open(bytes: Uint8Array): Promise<PdfDocument> {
    const pdfium = await loadPdfium();
    const data = allocate(pdfium, bytes.length);
    pdfium.HEAPU8.set(bytes, data);
    const document = pdfium._FPDF_LoadMemDocument(data, bytes.length, 0);
    if (document === 0) {
      const code = pdfium._FPDF_GetLastError();
      pdfium.wasmExports.free(data);
      throw new PdfOpenError(code);
    }
    return new PdfDocument(pdfium, data, document);
  }

  close(): void {
    this.#pdfium._FPDF_CloseDocument(this.#document);
    this.#pdfium.wasmExports.free(this.#data);
  }

  get pageCount(): number {
    return this.#pdfium._FPDF_GetPageCount(this.#document);
  }

  /** The title in the document's properties, "" when there is none. */
  get title(): string {
    const tag = new TextEncoder().encode("Title\0");
    return this.#withBuffer(tag.length, (pointer) => {
      this.#pdfium.HEAPU8.set(tag, pointer);
      return this.#readText((buffer, bytes) =>
        this.#pdfium._FPDF_GetMetaText(this.#document, pointer, buffer, bytes),
      );
    });
  }

  /** The lines of a page with its filled form fields and notes, or null when the page cannot be read. */
  pageLines(index: number): PdfLine[] | null {
    const pdfium = this.#pdfium;
    let page = pdfium._FPDF_LoadPage(this.#document, index);
    if (page === 0) return null;
    // Form fields and notes lie above a page; flattening makes them part of it, as a reader sees it.
    if (pdfium._FPDFPage_Flatten(page, FLATTEN_FOR_DISPLAY) === FLATTENED) {
      pdfium._FPDF_ClosePage(page);
      page = pdfium._FPDF_LoadPage(this.#document, index);
      if (page === 0) return null;
    }
    const textPage = pdfium._FPDFText_LoadPage(page);
    const lines = textPage === 0 ? null : this.#linesOf(textPage);
    if (textPage !== 0) pdfium._FPDFText_ClosePage(textPage);
    pdfium._FPDF_ClosePage(page);
    return lines;
  }

  #linesOf(textPage: number): PdfLine[] {
    const count = this.#pdfium._FPDFText_CountChars(textPage);
    if (count <= 0) return [];
    const told = this.#withBuffer((count + 1) * 2, (buffer) => {
      const units = this.#pdfium._FPDFText_GetText(textPage, 0, count, buffer);
      return this.#utf16At(buffer, units * 2);
    });
    const text = this.#withLamAlefRestored(textPage, count, told);
    let start = 0;
    return text.split("\n").map((line) => {
      // PDFium counts characters, not units: near enough to find one in the same line.
      const middle = Math.min(start + Math.floor(line.trimEnd().length / 2), count - 1);
      start += line.length + 1;
      return { text: line, fontSize: this.#pdfium._FPDFText_GetFontSize(textPage, middle) };
    });
  }

  /**
   * PDFium turns a line of Arabic round letter by letter, and so turns the two letters of the ligature lam-alef the
   * wrong way: "خالل" for "خلال". Letters of one ligature are told apart from the same letters side by side (the
   * article "ال") by their place: they share one origin.
   */
  #withLamAlefRestored(textPage: number, count: number, text: string): string {
    if (!text.match(ALEF_LAM)) return text;
    const unicode = (index: number) =>
      String.fromCodePoint(this.#pdfium._FPDFText_GetUnicode(textPage, index));
    const isLigature: boolean[] = [];
    for (let index = 0; index + 1 < count; index++) {
      if (!(unicode(index) + unicode(index + 1)).match(ALEF_LAM)) continue;
      isLigature.push(this.#originOf(textPage, index) === this.#originOf(textPage, index + 1));
    }
    // The pairs of the text are the pairs of the page, in the same order.
    let pair = 0;
    return text.replace(ALEF_LAM, (letters) => (isLigature[pair++] ? `${letters[1]}${letters[0]}` : letters));
  }

  /** The point where a character is set, in a form that can be compared. */
  #originOf(textPage: number, index: number): string {
    return this.#withBuffer(16, (at) => {
      this.#pdfium._FPDFText_GetCharOrigin(textPage, index, at, at + 8);
      return this.#pdfium.HEAPU8.slice(at, at + 16).toString();
    });
  }

  /** For functions that tell the size of their answer when they are given no buffer. */
  #readText(ask: (buffer: number, bytes: number) => number): string {
    const bytes = ask(0, 0);
    if (bytes <= 2) return "";
    return this.#withBuffer(bytes, (buffer) => this.#utf16At(buffer, ask(buffer, bytes)));
  }

  #withBuffer<Result>(bytes: number, use: (pointer: number) => Result): Result {
    const pointer = allocate(this.#pdfium, bytes);
    try {
      return use(pointer);
    } finally {
      this.#pdfium.wasmExports.free(pointer);
    }
  }

  /** A copy of a text that ends with a zero unit. */
  #utf16At(pointer: number, bytes: number): string {
    const text = new TextDecoder("utf-16le").decode(this.#pdfium.HEAPU8.slice(pointer, pointer + bytes));
    return text.replace(/\0$/, "");
  }
}

function allocate(pdfium: PdfiumFunctions, bytes: number): number {
  const pointer = pdfium.wasmExports.malloc(bytes);
  if (pointer === 0) throw new RangeError(`PDFium has no room for ${bytes} bytes.`);
  return pointer;
}

let loaded: Promise<PdfiumFunctions> | undefined;

function loadPdfium(): Promise<PdfiumFunctions> {
  loaded ??= start();
  return loaded;
}

async function start(): Promise<PdfiumFunctions> {
  const pdfium: object = await PDFiumModule({});
  if (!hasNeededFunctions(pdfium))
    throw new Error("This version of @hyzyla/pdfium lacks functions that we need.");
  pdfium._FPDF_InitLibraryWithConfig({ version: 2 });
  return pdfium;
}

function hasNeededFunctions(pdfium: object): pdfium is PdfiumFunctions {
  const needed = [
    "_FPDF_LoadMemDocument",
    "_FPDF_GetMetaText",
    "_FPDFPage_Flatten",
    "_FPDFText_GetText",
    "wasmExports",
  ];
  return needed.every((name) => name in pdfium);
}
