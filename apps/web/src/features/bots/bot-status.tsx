import { useT } from "../../lib/i18n.ts";
import type { Bot } from "../../lib/models.ts";
import { StatusDot, type Tone } from "../../ui/badge.tsx";
import { botsStrings } from "./strings.ts";

const tones: Record<Bot["status"], Tone> = {
  CREATING: "neutral",
  PROCESSING_DOCUMENTS: "info",
  READY: "good",
  ERROR: "bad",
  UPDATING: "info",
};

/** A bot's state as a dot and a word. */
export function BotStatus({ status }: { status: Bot["status"] }) {
  const t = useT(botsStrings);
  const working = status === "PROCESSING_DOCUMENTS" || status === "UPDATING";
  return <StatusDot tone={tones[status]} label={t(`status.${status}`)} pulse={working} />;
}
