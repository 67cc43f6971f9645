import { type Language, localeOf } from "../../lib/preferences.ts";
import type { Tone } from "../../ui/index.ts";

/** How a conversation stands by what was promised: what the server says, and when the next promise would be broken. */
export interface Standing {
  status: "ok" | "warning" | "breached" | "paused" | "met";
  dueAt: string | null;
}

export interface Countdown {
  tone: Tone;
  word: "left" | "over" | "paused" | "met" | "late";
  /** Whole minutes, left or over. */
  minutes: number;
}

/**
 * What is to be shown at a moment: time that ran out since the server was asked is over, whatever it said. Null where
 * nothing is promised.
 */
export function countdown({ status, dueAt }: Standing, now: Date): Countdown | null {
  if (status === "met") return { tone: "good", word: "met", minutes: 0 };
  if (status === "paused") return { tone: "neutral", word: "paused", minutes: 0 };
  if (dueAt === null) return status === "breached" ? { tone: "bad", word: "late", minutes: 0 } : null;
  const left = Date.parse(dueAt) - now.getTime();
  if (left <= 0)
    return { tone: "bad", word: "over", minutes: Math.floor((now.getTime() - Date.parse(dueAt)) / 60_000) };
  const minutes = Math.ceil(left / 60_000);
  if (status === "breached") return { tone: "bad", word: "left", minutes };
  return { tone: status === "warning" ? "warn" : "neutral", word: "left", minutes };
}

const units = [
  ["day", 1_440],
  ["hour", 60],
  ["minute", 1],
] as const;

/** Minutes in words, by the two largest units: "2 hr 5 min". */
export function spanInWords(minutes: number, language: Language): string {
  const parts: string[] = [];
  let rest = minutes;
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count === 0 && !(unit === "minute" && parts.length === 0)) {
      if (parts.length > 0) break;
      continue;
    }
    const words = new Intl.NumberFormat(localeOf(language), { style: "unit", unit, unitDisplay: "short" });
    parts.push(words.format(count));
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}
