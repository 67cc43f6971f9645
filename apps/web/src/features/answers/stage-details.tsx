import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import type { Claim } from "../../lib/models.ts";
import { CandidateTable } from "./candidate-table.tsx";
import { candidatesOf } from "./candidates.ts";
import { ClaimsList } from "./claims-list.tsx";
import { GradeDetails } from "./grade-details.tsx";
import { type Cell, dataOf, layOut, rounded, type Stage, type StageTable } from "./stage-data.ts";
import { dataWord } from "./stage-words.ts";
import { answerStrings } from "./strings.ts";

/** What a stage saw and chose: facts first, then its candidates, words or claims. */
export function StageDetails({ stage, claims }: { stage: Stage; claims: readonly Claim[] }) {
  switch (stage.stage) {
    case "retrieve":
    case "refine":
      return <SearchDetails stage={stage} />;
    case "grade":
      return <GradeDetails stage={stage} />;
    case "verify":
      return <ClaimsList claims={claims} />;
    default:
      return <OpenDetails data={stage.data} summary={stage.summary} />;
  }
}

/** What is shown of a search besides its candidates; the rest stands in their table. */
const searchFacts = [
  "query",
  "standaloneQuestion",
  "takenOverShare",
  "embeddingFailure",
  "confidence",
  "isBetter",
  "timings",
];

function SearchDetails({ stage }: { stage: Stage }) {
  const t = useT(answerStrings);
  const list = candidatesOf(stage);
  if (list === null) return <OpenDetails data={stage.data} summary={stage.summary} />;
  const facts = Object.fromEntries(
    Object.entries(stage.data).filter(
      ([name, value]) =>
        searchFacts.includes(name) && !(name === "standaloneQuestion" && value === stage.data.query),
    ),
  );
  const name = dataOf.text(stage, "takenOver");
  const count = dataOf.number(stage, "messagesAgo");
  return (
    <div className="flex flex-col gap-2.5">
      {name === null || count === null ? null : <p dir="auto">{t("search.takenOver", { name, count })}</p>}
      <OpenDetails data={facts} />
      <CandidateTable list={list} />
    </div>
  );
}

/** Any record: facts first, then its lists as tables. The server's sentence where no figures say the same. */
function OpenDetails({ data, summary }: { data: Stage["data"]; summary?: string }) {
  const t = useT(answerStrings);
  const { facts, tables } = layOut(data);
  return (
    <div className="flex flex-col gap-2.5">
      {summary === undefined ? null : (
        <p dir="auto" className="text-ink-2">
          {summary}
        </p>
      )}
      {facts.length > 0 ? (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
          {facts.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{dataWord(name, t)}</dt>
              <dd dir="auto" className="break-words">
                <CellText value={value} name={name} />
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
  const t = useT(answerStrings);
  const title = dataWord(table.name, t);
  return (
    <section
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so it must be reachable by keyboard.
      tabIndex={0}
      className="relative overflow-x-auto rounded-control border border-line bg-surface-1"
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

function CellText({ value, name = "" }: { value: Cell; name?: string }) {
  const t = useT(answerStrings);
  const format = useFormat();
  if (value === null) return <span className="text-ink-3">{t("data.none")}</span>;
  if (typeof value === "boolean") return t(value ? "data.yes" : "data.no");
  if (typeof value === "string") return value;
  if (name.endsWith("Ms")) return format.duration(value);
  if (name === "confidence" || name === "takenOverShare") return format.percent(value);
  return format.number(Number.isInteger(value) ? value : rounded(value));
}
