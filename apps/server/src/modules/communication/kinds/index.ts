import { z } from "zod";
import type { ConnectionKind } from "../communication.types.ts";
import type { Kind, Settings } from "./kind.ts";
import { slack, slackInput } from "./slack.ts";
import { sms, smsInput } from "./sms.ts";

/** What `communication.connect` takes: the line of each kind. */
export const connectInputSchema = z.discriminatedUnion("kind", [smsInput, slackInput]);
export type ConnectInput = z.output<typeof connectInputSchema>;

/** Every kind that can be connected; null for one that no connector speaks to yet. */
export const kinds: Readonly<Record<ConnectionKind, Kind<Settings, unknown> | null>> = {
  sms,
  slack,
};
