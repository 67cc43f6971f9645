import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { cx } from "../../../ui/index.ts";
import { signInStrings } from "./strings.ts";

/** One step of the set-up, with its number, or a tick once it is done. */
export function Step({
  number,
  title,
  isDone,
  children,
}: {
  number: number;
  title: string;
  isDone: boolean;
  children: ReactNode;
}) {
  const t = useT(signInStrings);
  const format = useFormat();
  return (
    <li className="flex gap-3 not-first:border-t not-first:border-line not-first:pt-5">
      <span
        aria-hidden
        className={cx(
          "flex size-6 shrink-0 items-center justify-center rounded-full text-12 font-semibold",
          isDone ? "bg-good-soft text-good" : "bg-surface-3 text-ink-2",
        )}
      >
        {isDone ? <Check className="size-4" /> : format.number(number)}
      </span>
      <div className="flex min-w-0 grow flex-col gap-3">
        <h3 className="pt-0.5 text-14 font-semibold">
          {title}
          {isDone ? <span className="sr-only"> ({t("step.done")})</span> : null}
        </h3>
        {children}
      </div>
    </li>
  );
}

/** A value to take to another page, with a button that copies it. */
export function ValueLine({ name, value, action }: { name: string; value: string; action: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <div className="min-w-0 grow basis-64">
        <p className="text-12 text-ink-3">{name}</p>
        <p dir="ltr" className="text-start font-mono text-12 break-all">
          {value}
        </p>
      </div>
      {action}
    </div>
  );
}
