import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { ParsedText } from "./parsed-text.ts";
import { TextBuilder } from "./text-builder.ts";
import { ExtractionError } from "./types.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
const SAMPLE_CHARACTERS = 64 * 1024;
const SAMPLE_ROWS = 50;
const MAX_RECORD_CHARACTERS = 1024 * 1024;

/**
 * A table becomes one record per row, written as `column: value` lines, so that each row can be understood, found
 * and quoted without its neighbours. The first row gives the column names; empty cells are left out.
 *
 * @throws {ExtractionError} EMPTY_FILE without a row of data, MALFORMED with the line number
 */
export async function parseCsv(source: string): Promise<ParsedText> {
  try {
    return await parseRows(source, { bareQuotes: false });
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error;
    // `5" pipe` in a cell without quotes is common and clear. Allowed only then: the parser that accepts it also
    // swallows rows after a wrongly closed quotation mark.
    if (error.cause.code !== "INVALID_OPENING_QUOTE") throw malformed(error);
  }
  try {
    return await parseRows(source, { bareQuotes: true });
  } catch (error) {
    throw error instanceof CsvProblem ? malformed(error) : error;
  }
}

/** A failure of the parser, with the line on which the row that it could not read begins, and the cell's number. */
class CsvProblem extends Error {
  override readonly cause: CsvError;
  readonly line: number;
  readonly column: number;

  constructor(cause: CsvError, line: number) {
    super(cause.message);
    this.cause = cause;
    this.line = line;
    this.column = typeof cause.column === "number" ? cause.column + 1 : 1;
  }
}

async function parseRows(source: string, options: { bareQuotes: boolean }): Promise<ParsedText> {
  const builder = new TextBuilder();
  let columns: string[] | null = null;
  for await (const row of rowsOf(source, options)) {
    if (columns) builder.add("record", recordText(columns, row));
    else if (row.some((cell) => cell.trim() !== "")) columns = row.map(columnName);
  }
  if (!columns) {
    throw new ExtractionError(
      "EMPTY_FILE",
      "This table is empty. Add a header row and at least one row of data.",
    );
  }
  if (builder.blocks.length === 0) {
    throw new ExtractionError(
      "EMPTY_FILE",
      "This table has a header row but no rows of data. Add at least one row.",
    );
  }
  return { title: null, text: builder.toString(), pages: [], blocks: builder.blocks };
}

/** Streamed: the rows of a large table never exist all at once. */
async function* rowsOf(source: string, { bareQuotes }: { bareQuotes: boolean }): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter: detectDelimiter(source),
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: bareQuotes,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
  });
  let linesRead = 0;
  try {
    for await (const { record, info } of Readable.from(slicesOf(source)).compose(parser)) {
      linesRead = info.lines;
      yield record;
    }
  } catch (error) {
    throw error instanceof CsvError ? new CsvProblem(error, linesRead + 1) : error;
  }
}

function* slicesOf(source: string): Generator<string> {
  const size = 256 * 1024;
  for (let index = 0; index < source.length; index += size) yield source.slice(index, index + size);
}

function columnName(name: string, index: number): string {
  return name.replace(/\s+/g, " ").trim() || `column ${index + 1}`;
}

function recordText(columns: readonly string[], row: readonly string[]): string {
  const lines: string[] = [];
  for (const [index, cell] of row.entries()) {
    const value = cell.trim().replace(/\s*\n\s*/g, "\n  "); // the lines of one cell stay one record
    if (value !== "") lines.push(`${columns[index] ?? columnName("", index)}: ${value}`);
  }
  return lines.join("\n");
}

/** The delimiter that splits most of the first rows into the same number (above one) of cells. */
export function detectDelimiter(source: string): string {
  const rows = sampleRows(source);
  let best = { delimiter: ",", agreeing: 0, cells: 1 };
  for (const delimiter of DELIMITERS) {
    const counts = rows.map((row) => row.split(delimiter).length);
    const cells = counts[0] ?? 1;
    const agreeing = counts.filter((count) => count === cells).length;
    if (cells > 1 && (agreeing > best.agreeing || (agreeing === best.agreeing && cells > best.cells))) {
      best = { delimiter, agreeing, cells };
    }
  }
  return best.delimiter;
}

/** The first rows with everything inside quotes taken out, so that only real delimiters are left. */
function sampleRows(source: string): string[] {
  const unquoted = source.slice(0, SAMPLE_CHARACTERS).replace(/"[^"]*"/g, "");
  return unquoted
    .split(/\r\n?|\n/)
    .filter((row) => row.trim() !== "")
    .slice(0, SAMPLE_ROWS);
}

function malformed({ cause, line, column }: CsvProblem): ExtractionError {
  const where = `in column ${column} of the row that begins on line ${line}`;
  const problem =
    cause.code === "CSV_QUOTE_NOT_CLOSED"
      ? `a quotation mark ${where} is never closed`
      : cause.code === "CSV_MAX_RECORD_SIZE"
        ? `there are more than a million characters ${where}, perhaps because a quotation mark is not closed`
        : cause.code === "CSV_INVALID_CLOSING_QUOTE"
          ? `a quotation mark ${where} is closed in the middle of a cell`
          : `something ${where} cannot be understood`;
  return new ExtractionError(
    "MALFORMED",
    `This table (CSV) is not well formed: ${problem}. Correct it and add it again.`,
    { cause, place: { line, column } },
  );
}
