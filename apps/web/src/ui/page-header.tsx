import type { ReactNode } from "react";

/** The one <h1> of a screen, with its actions at the end. Also names the browser tab. */
export function PageHeader({
  title,
  back,
  children,
}: {
  title: string;
  back?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line px-4">
      <title>{`${title} · Parlance`}</title>
      {back}
      <h1 dir="auto" className="min-w-0 grow truncate text-match text-16 font-semibold">
        {title}
      </h1>
      {children}
    </header>
  );
}
