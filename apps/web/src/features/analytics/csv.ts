import type { Figures } from "./range.ts";

type Entry = Figures["queryTrend"][number];

const columns = [
  "date",
  "queryCount",
  "unanswered",
  "avgResponseTimeMs",
  "positive",
  "negative",
  "positiveFeedbackRate",
  "cost",
] as const satisfies readonly (keyof Entry)[];

/** The trend as a table for other programs: plain numbers, a day a line, empty where nothing was measured. */
export function toCsv(trend: readonly Entry[]): string {
  const lines = trend.map((entry) => columns.map((column) => entry[column] ?? "").join(","));
  return `${[columns.join(","), ...lines].join("\r\n")}\r\n`;
}

/** Gives a text to the browser as a file to keep. */
export function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
