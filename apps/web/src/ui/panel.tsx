import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** A box on the page, with an optional heading and action. */
export function Panel({
  title,
  description,
  action,
  children,
  className,
}: {
  title?: string;
  description?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={cx("rounded-panel border border-line bg-surface-1", className)}>
      {title ? (
        <div className="flex flex-wrap items-start justify-between gap-3 px-4 pt-4">
          <div className="min-w-0 grow basis-60">
            <h2 className="text-14 font-semibold">{title}</h2>
            {description ? <div className="mt-0.5 text-13 text-ink-2">{description}</div> : null}
          </div>
          {action}
        </div>
      ) : null}
      <div className="p-4">{children}</div>
    </section>
  );
}
