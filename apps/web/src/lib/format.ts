import { useMemo, useSyncExternalStore } from "react";
import { useLanguage } from "./i18n.ts";
import { type Language, localeOf } from "./preferences.ts";

/** Dates and numbers as the reader expects them: their language, their time zone. */

const steps: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export interface Format {
  /** "3 minutes ago", "yesterday"; past a week the date itself. */
  relative(date: Date, now: Date): string;
  /** Date, time and zone, for a tooltip. */
  exact(date: Date): string;
  /** Hour and minute. */
  time(date: Date): string;
  /** "1 December". */
  day(date: Date): string;
  /** A day as UTC has it: "December 1", or with its year. */
  utcDay(date: Date, length?: "short" | "long"): string;
  /** US dollars: "$1.50"; parts of a cent where it is less than one. */
  dollars(value: number): string;
  number(value: number): string;
  /** 0.42 -> "42%". */
  percent(share: number): string;
  /** Bytes -> "1.2 MB". */
  bytes(value: number): string;
  /** Milliseconds -> "340 ms" or "2.1 sec". */
  duration(ms: number): string;
}

/** `timeZone` is the reader's own unless given. */
export function formatFor(language: Language, timeZone?: string): Format {
  const locale = localeOf(language);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const amount = (value: number, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(value);
  const unit = (value: number, name: string, unitDisplay: "short" | "long" = "short") =>
    amount(value, { style: "unit", unit: name, unitDisplay, maximumFractionDigits: value < 10 ? 1 : 0 });

  return {
    relative(when, now) {
      const seconds = Math.round((when.getTime() - now.getTime()) / 1000);
      const age = Math.abs(seconds);
      if (age >= 7 * 86_400) {
        const sameYear = when.getFullYear() === now.getFullYear();
        return date({ month: "short", day: "numeric", ...(sameYear ? {} : { year: "numeric" }) }).format(
          when,
        );
      }
      for (const [name, length] of steps) {
        if (age >= length) return relative.format(Math.trunc(seconds / length), name);
      }
      return relative.format(0, "second");
    },
    exact: (when) => date({ dateStyle: "full", timeStyle: "long" }).format(when),
    day: (when) => date({ month: "long", day: "numeric" }).format(when),
    time: (when) => date({ hour: "numeric", minute: "2-digit" }).format(when),
    utcDay: (when, length = "short") =>
      date({
        month: "long",
        day: "numeric",
        timeZone: "UTC",
        ...(length === "long" ? { year: "numeric" as const } : {}),
      }).format(when),
    dollars(value) {
      const text = amount(value, {
        style: "currency",
        currency: "USD",
        currencyDisplay: "narrowSymbol",
        ...(value > 0 && value < 0.01 ? { maximumSignificantDigits: 2 } : {}),
      });
      // "1.20 US$" keeps its order among Arabic words: left to right, apart from them
      return language === "ar" ? `\u2066${text.replace("\u200f", "")}\u2069` : text;
    },
    number: (value) => amount(value, {}),
    percent: (share) => amount(share, { style: "percent", maximumFractionDigits: 0 }),
    bytes(value) {
      if (value < 1_000) return unit(value, "byte", "long");
      if (value < 1_000_000) return unit(value / 1_000, "kilobyte");
      if (value < 1_000_000_000) return unit(value / 1_000_000, "megabyte");
      return unit(value / 1_000_000_000, "gigabyte");
    },
    duration: (ms) => (ms < 1_000 ? unit(Math.round(ms), "millisecond") : unit(ms / 1_000, "second")),
  };
}

export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => formatFor(language), [language]);
}

let now = new Date();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The current time, shared by every relative date on the page and renewed twice a minute. */
export function useNow(): Date {
  return useSyncExternalStore(
    (notify) => {
      listeners.add(notify);
      timer ??= setInterval(() => {
        now = new Date();
        for (const listener of listeners) listener();
      }, 30_000);
      return () => {
        listeners.delete(notify);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    () => now,
  );
}
