/** The hour at which a working day begins, for what comes back "tomorrow". */
const morning = 9;

function atMorning(from: Date, days: number): Date {
  const at = new Date(from);
  at.setDate(at.getDate() + days);
  at.setHours(morning, 0, 0, 0);
  return at;
}

/** Until when a conversation may be put aside, in the reader's own time. */
export const snoozeChoices = [
  { name: "hour", until: (now: Date) => new Date(now.getTime() + 3_600_000) },
  { name: "tomorrow", until: (now: Date) => atMorning(now, 1) },
  // the next Monday, a week on where today is one
  {
    name: "week",
    until: (now: Date) => atMorning(now, ((8 - now.getDay()) % 7) + (now.getDay() === 1 ? 7 : 0)),
  },
] as const;
