/** `vip, Enterprise` as the server keeps it: each word once, without blanks around it. */
export function wordsIn(text: string): string[] {
  return [...new Set(text.split(/[,،]/).flatMap((word) => word.trim().toLowerCase() || []))];
}

/** One a line, empty lines left out. */
export function linesIn(text: string): string[] {
  return text.split("\n").flatMap((line) => line.trim() || []);
}
