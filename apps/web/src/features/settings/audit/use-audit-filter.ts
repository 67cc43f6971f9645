import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Inputs } from "../../../lib/trpc.ts";

type Asked = NonNullable<Inputs["audit"]["list"]>;
/** What the server is asked for. */
export type AuditFilter = Omit<Asked, "cursor" | "limit">;

/** What stands in the URL: days as the reader's calendar has them. */
export interface AuditSearch {
  search?: string;
  action?: string;
  actor?: string;
  subject?: string;
  from?: string;
  to?: string;
}

const day = /^\d{4}-\d\d-\d\d$/;
const isDay = (text: string | undefined): text is string =>
  text !== undefined && day.test(text) && !Number.isNaN(Date.parse(text));

/** Midnight at which a day begins here, or the one after it, as a moment. */
function midnight(text: string, daysLater: number): string {
  const date = new Date(`${text}T00:00`);
  date.setDate(date.getDate() + daysLater);
  return date.toISOString();
}

/** The filter of the log as the URL has it, as the server takes it, and a way to change it. */
export function useAuditFilter() {
  const { search, action, actor, subject, from, to } = useSearch({ from: "/signed-in/settings" });
  const navigate = useNavigate({ from: "/settings" });
  const chosen: AuditSearch = {
    ...(search ? { search } : {}),
    ...(action ? { action } : {}),
    ...(actor ? { actor } : {}),
    ...(subject ? { subject } : {}),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
  };
  const filter: AuditFilter = {
    ...(search ? { search } : {}),
    ...(action ? { action } : {}),
    ...(actor ? { actorId: actor } : {}),
    ...(subject ? { subjectId: subject } : {}),
    ...(isDay(from) ? { from: midnight(from, 0) } : {}),
    // the last day is part of what is wanted
    ...(isDay(to) ? { to: midnight(to, 1) } : {}),
  };
  const choose = (next: AuditSearch) => void navigate({ search: { tab: "audit", ...next }, replace: true });
  return { chosen, filter, choose };
}
