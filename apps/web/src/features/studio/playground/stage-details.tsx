import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { type Cell, layOut, rounded, type Stage, type StageTable } from "./stage-data.ts";
import { dataWord } from "./stage-words.ts";
import { playgroundStrings } from "./strings.ts";

/** What a stage saw and chose: facts first, then its candidates with their scores. */
export function StageDetails({ stage }: { stage: Stage }) {
  const t = useT(playgroundStrings);
  const { facts, tables } = layOut(stage.data);
  // Where the row above says it in figures, the server's sentence would only repeat it.
  const said = stage.stage === "retrieve" || stage.stage === "grade" || stage.stage === "verify";
  return (
    <div className="flex flex-col gap-2.5 text-12">
      {said ? null : (
        <p dir="auto" className="text-ink-2">
          {stage.summary}
        </p>
      )}
      {facts.length > 0 ? (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
          {facts.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{dataWord(name, t)}</dt>
              <dd dir="auto" className="break-words">
                <CellText value={value} milliseconds={name.endsWith("Ms")} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {tables.map((table) => (
        <ScoreTable key={table.name} table={table} />
      ))}
    </div>
  );
}

function ScoreTable({ table }: { table: StageTable }) {
  const t = useT(playgroundStrings);
  const title = dataWord(table.name, t);
  return (
    <section
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so it must be reachable by keyboard.
      tabIndex={0}
      className="overflow-x-auto rounded-control border border-line bg-surface-1"
    >
      <table className="w-full border-collapse">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="border-b border-line text-ink-3">
            {table.columns.map((column) => (
              <th key={column} scope="col" className="px-2 py-1 text-start font-medium whitespace-nowrap">
                {dataWord(column, t)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: candidates in the order in which they were ranked.
            <tr key={index} className="border-b border-line align-top last:border-b-0">
              {row.map((value, column) => (
                <td key={table.columns[column]} className="px-2 py-1 tabular-nums">
                  {typeof value === "string" ? (
                    <span dir="auto" title={value} className="line-clamp-2 max-w-56 min-w-24">
                      {value}
                    </span>
                  ) : (
                    <CellText value={value} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function CellText({ value, milliseconds = false }: { value: Cell; milliseconds?: boolean }) {
  const t = useT(playgroundStrings);
  const format = useFormat();
  if (value === null) return <span className="text-ink-3">{t("data.none")}</span>;
  if (typeof value === "number") {
    if (milliseconds) return format.duration(value);
    return Number.isInteger(value) ? format.number(value) : format.number(rounded(value));
  }
  return String(value);
}
