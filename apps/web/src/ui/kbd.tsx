import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** A key to press: beside what it does, only where there is likely a keyboard, unless it is `always` to be seen. */
export function Kbd({ children, always = false }: { children: ReactNode; always?: boolean }) {
  return (
    <kbd
      dir="ltr"
      className={cx(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-[4px] border border-line bg-surface-2 px-1 font-sans text-12 text-ink-2",
        !always && "max-md:hidden pointer-coarse:hidden",
      )}
    >
      {children}
    </kbd>
  );
}
