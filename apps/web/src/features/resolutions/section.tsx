import type { ReactNode } from "react";

/** A part of the panel, with its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2 border-t border-line pt-4">
      <h3 className="text-13 font-semibold">{title}</h3>
      {children}
    </section>
  );
}
