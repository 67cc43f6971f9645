// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
const UNWANTED = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g;
const LINE_ENDS = /\r\n?|[\v\f\u2028\u2029]/g;

/**
 * The form in which all text is kept: line feeds only, no control characters (databases refuse NUL), no byte
 * order marks, and every lone surrogate replaced so that it can be written as UTF-8.
 */
export function cleanText(text: string): string {
  return text.replace(LINE_ENDS, "\n").replace(UNWANTED, "").toWellFormed();
}
