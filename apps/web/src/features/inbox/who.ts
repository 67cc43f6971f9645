import type { Translate } from "../../lib/i18n.ts";
import type { Conversation } from "../../lib/models.ts";
import type { inboxStrings } from "./strings.ts";

/** Who talks to the bot, as far as it is known. In the playground that is somebody of the team, not a visitor. */
export function whoOf(
  { customer, channel }: Pick<Conversation, "customer" | "channel">,
  t: Translate<(typeof inboxStrings)["tables"]["en"]>,
): string {
  return customer?.name ?? customer?.email ?? t(channel === "playground" ? "channel.playground" : "visitor");
}
