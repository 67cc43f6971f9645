import { useFormat, useNow } from "../lib/format.ts";

/** A moment, relative to now, with the exact time on hover. `value` is an ISO string from the server. */
export function Time({ value, className }: { value: string; className?: string }) {
  const format = useFormat();
  const now = useNow();
  const date = new Date(value);
  return (
    <time dateTime={value} title={format.exact(date)} className={className}>
      {format.relative(date, now)}
    </time>
  );
}
