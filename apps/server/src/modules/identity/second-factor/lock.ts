/** Wrong codes in a row until no more are looked at for a while. */
export const triesBeforeLock = 5;

/** Minutes of the first lock, the second, and so on; the last is also that of every later one. */
const minutes = [1, 5, 15, 60];

/**
 * Until when nothing is looked at after so many wrong tries in a row; null where another try is free. With an
 * hour for every five tries, guessing one of the three codes that work at a time takes years.
 */
export function lockAfter(failures: number, now: Date): Date | null {
  if (failures === 0 || failures % triesBeforeLock !== 0) return null;
  const times = failures / triesBeforeLock;
  const wait = minutes[Math.min(times, minutes.length) - 1] ?? 60;
  return new Date(now.getTime() + wait * 60_000);
}
