const PATHS = {
  chat: "M21 12a8 8 0 0 1-8 8H3l2-4a8 8 0 1 1 16-4",
  close: "M6 6l12 12M18 6 6 18",
  send: "M12 19V5M5 12l7-7 7 7",
  stop: "M7 7h10v10H7z",
  up: "M7 11v9H4v-9h3l4-7a2 2 0 0 1 2 2v3h7l-2 11H7",
};

/** A drawn sign; the control around it carries the name. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
