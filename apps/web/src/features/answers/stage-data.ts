import type { Answer } from "../../lib/models.ts";

/** The open record that a stage keeps of itself, laid out for reading. */

export type Stage = Answer["trace"]["stages"][number];
export type Cell = string | number | boolean | null;

export interface StageTable {
  name: string;
  columns: string[];
  rows: Cell[][];
}

export interface StageDetails {
  facts: { name: string; value: Cell }[];
  tables: StageTable[];
}

/**
 * Lists of records become tables with the union of their fields as columns; everything else becomes facts,
 * the fields of a record inside (timings) one each. What matters first stands first, whatever order the
 * database gave.
 */
export function layOut(data: unknown): StageDetails {
  const details: StageDetails = { facts: [], tables: [] };
  for (const [name, value] of entriesOf(data)) {
    if (isRecord(value)) {
      details.facts.push(...entriesOf(value).map(([name, each]) => ({ name, value: cellOf(each) })));
    } else if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) {
      details.tables.push(tableOf(name, value));
    } else {
      details.facts.push({ name, value: cellOf(value) });
    }
  }
  return details;
}

function tableOf(name: string, records: readonly Record<string, unknown>[]): StageTable {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))].sort(
    (a, b) => placeOf(a) - placeOf(b),
  );
  return { name, columns, rows: records.map((record) => columns.map((column) => cellOf(record[column]))) };
}

/** Which candidate, how it scored, then what it says; unknown columns last. */
const columnOrder = ["document", "rerank", "fused", "bm25", "dense", "section", "text"];

function placeOf(column: string): number {
  const place = columnOrder.indexOf(column);
  return place < 0 ? columnOrder.length : place;
}

function cellOf(value: unknown): Cell {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((each) => shown(each)).join(", ");
  return (
    entriesOf(value)
      .map(([name, each]) => `${name} ${shown(each)}`)
      .join(", ") || null
  );
}

function shown(value: unknown): string {
  const cell = cellOf(value);
  if (cell === null) return "–";
  return typeof cell === "number" ? String(rounded(cell)) : String(cell);
}

/** Three places tell scores apart; more are noise. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of a stage's open record, if it has the kind that is expected. */
export const dataOf = {
  text: (stage: Stage, name: string): string | null => {
    const value = fieldOf(stage, name);
    return typeof value === "string" ? value : null;
  },
  number: (stage: Stage, name: string): number | null => {
    const value = fieldOf(stage, name);
    return typeof value === "number" ? value : null;
  },
  count: (stage: Stage, name: string): number | null => {
    const value = fieldOf(stage, name);
    return Array.isArray(value) ? value.length : null;
  },
};

function fieldOf(stage: Stage, name: string): unknown {
  return isRecord(stage.data) ? stage.data[name] : undefined;
}
