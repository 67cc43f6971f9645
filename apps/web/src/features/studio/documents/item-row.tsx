import type { ReactNode } from "react";
import { cx, ProgressBar } from "../../../ui/index.ts";

/**
 * One line of the list, for a document or a file on its way. The bar lies on its lower edge and takes no
 * room, so that nothing moves when work begins or ends.
 */
export function ItemRow({
  icon,
  name,
  line,
  bad = false,
  progress,
  actions,
}: {
  icon: ReactNode;
  name: ReactNode;
  /** What it is, or what is being done with it, or why it failed. */
  line: ReactNode;
  bad?: boolean;
  progress: { value: number; label: string } | null;
  actions: ReactNode;
}) {
  return (
    <li className="relative flex flex-wrap items-start gap-x-3 gap-y-2 border-b border-line px-3 py-2.5 last:border-b-0">
      <span className="mt-0.5 flex size-5 shrink-0 items-center justify-center text-ink-3 [&_svg]:size-4">
        {icon}
      </span>
      <div className="min-w-0 grow basis-52">
        <div className="truncate text-14 font-medium">{name}</div>
        <div className={cx("text-13 tabular-nums", bad ? "text-bad" : "truncate text-ink-2")}>{line}</div>
      </div>
      <div className="ms-auto flex shrink-0 items-center gap-1 self-center">{actions}</div>
      {progress ? (
        <div className="absolute inset-x-0 bottom-0">
          <ProgressBar {...progress} />
        </div>
      ) : null}
    </li>
  );
}
