import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import { caseInputSchema } from "../evaluations.schema.ts";
import { expectations, type HistoryTurn } from "../evaluations.types.ts";

/** The columns of a table of cases; only `question` must be there. Several values in a cell are parted by `|`. */
export const csvColumns = [
  "question",
  "expects",
  "answers",
  "contains",
  "document",
  "passage",
  "history",
] as const;
type Column = (typeof csvColumns)[number];

export interface CsvCase {
  line: number;
  content: Omit<z.infer<typeof caseInputSchema>, "goldDocumentId">;
  /** The name or the id of a document. */
  document: string | null;
}

export interface CsvFault {
  line: number;
  message: string;
}

const recordsSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }),
);

/** Reads a table of cases: what is right, and what is wrong with each other line. */
export function readCsv(csv: string): { cases: CsvCase[]; faults: CsvFault[] } {
  const rows = rowsOf(csv);
  if ("fault" in rows) return { cases: [], faults: [rows.fault] };
  const [header, ...lines] = rows.records;
  const names = header?.record.map((name) => name.trim().toLowerCase()) ?? [];
  const unknown = names.filter((name) => !csvColumns.some((column) => column === name));
  if (!names.includes("question") || unknown.length > 0) {
    const what =
      unknown.length > 0 ? `There is no column "${unknown[0]}".` : 'The column "question" is missing.';
    const message = `${what} The first line names the columns: ${csvColumns.join(", ")}.`;
    return { cases: [], faults: [{ line: 1, message }] };
  }
  const cases: CsvCase[] = [];
  const faults: CsvFault[] = [];
  for (const { record, info } of lines) {
    const cell = (column: Column) => record[names.indexOf(column)]?.trim() ?? "";
    const expects = cell("expects").toLowerCase() || "answer";
    const history = historyOf(cell("history"));
    if (!expectations.some((known) => known === expects)) {
      faults.push({
        line: info.lines,
        message: `"expects" is ${expectations.join(", ")}, not "${expects}".`,
      });
      continue;
    }
    if (!history) {
      faults.push({ line: info.lines, message: 'Each turn of "history" begins with "customer:" or "bot:".' });
      continue;
    }
    const parsed = caseInputSchema.safeParse({
      question: cell("question"),
      expects,
      goldAnswers: valuesOf(cell("answers")),
      mustContain: valuesOf(cell("contains")),
      goldQuote: cell("passage") || null,
      history,
    });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      faults.push({ line: info.lines, message: `${issue?.path.join(".") || "The line"}: ${issue?.message}` });
      continue;
    }
    const { goldDocumentId: _none, ...content } = parsed.data;
    if (content.goldQuote !== null && cell("document") === "") {
      faults.push({ line: info.lines, message: '"passage" needs the "document" that it stands in.' });
      continue;
    }
    cases.push({ line: info.lines, content, document: cell("document") || null });
  }
  return { cases, faults };
}

function rowsOf(csv: string): { records: z.infer<typeof recordsSchema> } | { fault: CsvFault } {
  const first = csv.slice(0, csv.search(/[\r\n]|$/u));
  const delimiter = [",", ";", "\t"].find((mark) => first.includes(mark)) ?? ",";
  try {
    const parsed: unknown = parse(csv, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return { records: recordsSchema.parse(parsed) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? error.lines : 1;
    return {
      fault: { line, message: "A quotation mark is not closed, or is closed in the middle of a cell." },
    };
  }
}

function valuesOf(cell: string): string[] {
  return cell
    .split("|")
    .map((value) => value.trim())
    .filter((value) => value !== "");
}

/** Null where a turn does not say whose it is. */
function historyOf(cell: string): HistoryTurn[] | null {
  const turns: HistoryTurn[] = [];
  for (const part of cell.split(/\||\r?\n/)) {
    if (part.trim() === "") continue;
    const match = /^\s*(customer|bot)\s*:\s*(.+)$/is.exec(part);
    if (!match?.[1] || !match[2]) return null;
    turns.push({ author: match[1].toLowerCase() === "bot" ? "bot" : "customer", text: match[2].trim() });
  }
  return turns;
}
