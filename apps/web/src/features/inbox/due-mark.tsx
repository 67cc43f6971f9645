import type { Conversation } from "../../lib/models.ts";
import { SlaCountdown } from "../slas/index.ts";
import { isOpen } from "./views.ts";

/** How long until a promise to the customer is broken; nothing where none is running. */
export function DueMark({
  conversation: { slaDueAt, slaBreached, status },
}: {
  conversation: Pick<Conversation, "slaDueAt" | "slaBreached" | "status">;
}) {
  if (!isOpen(status) || (slaDueAt === null && !slaBreached)) return null;
  return <SlaCountdown sla={{ status: slaBreached ? "breached" : "ok", dueAt: slaDueAt }} />;
}
