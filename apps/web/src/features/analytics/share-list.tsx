import type { ReactNode } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { Panel } from "../../ui/index.ts";
import { analyticsStrings } from "./strings.ts";

export interface ShareRow {
  key: string;
  label: ReactNode;
  count: number;
  /** Further figures, after the share. */
  more?: string;
}

/** How a whole is shared out: a table whose bars say the same as its figures. */
export function ShareList({
  title,
  note,
  rows,
}: {
  title: string;
  note?: string;
  rows: readonly ShareRow[];
}) {
  const t = useT(analyticsStrings);
  const format = useFormat();
  const whole = rows.reduce((sum, { count }) => sum + count, 0);
  return (
    <Panel title={title} description={note}>
      <table className="w-full text-13">
        <caption className="sr-only">{title}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{t("total.queries")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, count, more }) => (
            <tr key={key}>
              <th scope="row" className="w-full max-w-0 py-1 pe-3 text-start font-normal">
                <span className="block truncate">{label}</span>
                <span aria-hidden className="mt-0.5 block h-1.5 rounded-full bg-surface-2">
                  <span
                    className="block h-full rounded-full bg-accent"
                    style={{ width: whole === 0 ? 0 : `${(100 * count) / whole}%` }}
                  />
                </span>
              </th>
              <td className="py-1 text-end align-bottom whitespace-nowrap tabular-nums">
                {/* each in a box of its own: figures that follow each other run together where text goes left */}
                <span className="inline-flex gap-2">
                  <span>{format.number(count)}</span>
                  <span className="text-ink-3">{whole === 0 ? "" : format.percent(count / whole)}</span>
                </span>
                {more === undefined ? null : <span className="block text-12 text-ink-3">{more}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
