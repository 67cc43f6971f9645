import { assertShallowJson } from "./guards.ts";
import { findJsonFault, type JsonFault } from "./json-fault.ts";
import type { ParsedText } from "./parsed-text.ts";
import { TextBuilder } from "./text-builder.ts";
import { ExtractionError } from "./types.ts";

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * JSON becomes records of `path: value`, short ones in one line, long ones in a line for each value. An array is one record per item; an object is one record for its
 * plain values and one for each name that holds more. JSON Lines is an array whose items have a line each.
 *
 * @throws {ExtractionError} MALFORMED with the place, TOO_COMPLEX when nested too deep
 */
export function parseJson(source: string): ParsedText {
  const json = source.replace(/^\ufeff/, "");
  if (json.trim() === "")
    throw new ExtractionError("EMPTY_FILE", "This JSON file is empty. Choose another file.");
  assertShallowJson(json);
  const value = read(json);
  const builder = new TextBuilder();
  addValue(builder, value);
  // `{}`, `[]`, `""` and strings of control characters are valid JSON without content: shown as written.
  if (builder.blocks.length === 0) builder.add("record", JSON.stringify(value));
  return { title: titleOf(value), text: builder.toString(), pages: [], blocks: builder.blocks };
}

function read(json: string): Json {
  try {
    return JSON.parse(json, keepLongNumbers);
  } catch (error) {
    const lines = readLines(json);
    if (lines) return lines;
    throw malformed(findJsonFault(json), error);
  }
}

/** The values of JSON Lines; null when its first line is no value. */
function readLines(json: string): Json[] | null {
  const values: Json[] = [];
  for (const [index, line] of json.split("\n").entries()) {
    if (line.trim() === "") continue;
    try {
      values.push(JSON.parse(line, keepLongNumbers));
    } catch (error) {
      if (values.length === 0) return null;
      throw malformed({ ...findJsonFault(line), line: index + 1 }, error);
    }
  }
  return values;
}

function malformed({ line, column, problem }: JsonFault, cause: unknown): ExtractionError {
  return new ExtractionError(
    "MALFORMED",
    `This is not valid JSON: ${problem}, on line ${line}, column ${column}. Correct it and add it again.`,
    { cause, place: { line, column } },
  );
}

/** Order numbers of twenty digits and `1e999` stay as they were written. */
function keepLongNumbers(_name: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER))
    return value;
  return context?.source ?? value;
}

function addValue(builder: TextBuilder, value: Json): void {
  if (Array.isArray(value)) {
    for (const item of value) builder.add("record", recordOf(linesOf("", item)));
  } else if (isObject(value)) addObject(builder, value);
  else builder.add("record", plain(value));
}

function addObject(builder: TextBuilder, object: { [name: string]: Json }): void {
  let plainLines: string[] = [];
  const flush = () => {
    builder.add("record", recordOf(plainLines));
    plainLines = [];
  };
  for (const [name, value] of Object.entries(object)) {
    if (!isNested(value)) {
      plainLines.push(...linesOf(name, value));
      continue;
    }
    flush();
    const items = Array.isArray(value) ? value : [value];
    for (const item of items) builder.add("record", recordOf(linesOf(name, item)));
  }
  flush();
}

/** Characters of a record that is one line, as a row of a table is, so that it is quoted whole. */
const longestLine = 240;

/** Values that are sentences keep lines of their own: each can be quoted by itself. */
function recordOf(lines: string[]): string {
  const line = lines.join(" — ");
  const isShort = line.length <= longestLine && !/\n|[.!?؟。](\s|$)/u.test(line);
  return isShort ? line : lines.join("\n");
}

/** One line per plain value under `path`; items of a nested array are numbered from 1. */
function linesOf(path: string, value: Json): string[] {
  if (!isNested(value)) {
    const text = Array.isArray(value) ? value.map(plain).join(", ") : plain(value);
    return [path === "" ? text : `${path}: ${text}`];
  }
  const entries = Array.isArray(value)
    ? value.map((item, index): [string, Json] => [String(index + 1), item])
    : Object.entries(value);
  return entries.flatMap(([name, item]) => linesOf(path === "" ? name : `${path}.${name}`, item));
}

/** Whether a value needs more than one line: an object with names, or an array that holds such. */
function isNested(value: Json): value is Json[] | { [name: string]: Json } {
  if (Array.isArray(value)) return value.some((item) => Array.isArray(item) || isObject(item));
  return isObject(value) && Object.keys(value).length > 0;
}

function isObject(value: Json): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function plain(value: Json): string {
  if (typeof value === "string") return value.replace(/\s*\n\s*/g, "\n  ");
  return Array.isArray(value) || isObject(value) ? JSON.stringify(value) : String(value);
}

function titleOf(value: Json): string | null {
  if (!isObject(value)) return null;
  const title = value.title ?? value.name;
  return typeof title === "string" && title.trim() !== "" ? title.trim() : null;
}
