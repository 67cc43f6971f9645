/** Code as it is to be copied: not wrapped, from left to right, scrolled sideways. */
export function CodeBox({ code, label }: { code: string; label: string }) {
  return (
    <section
      dir="ltr"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so it must be reachable by keyboard.
      tabIndex={0}
      aria-label={label}
      className="overflow-x-auto rounded-control bg-surface-2 p-3 text-start font-mono text-12 whitespace-pre"
    >
      <code>{code}</code>
    </section>
  );
}
