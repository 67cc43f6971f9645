import type { Swarm } from "../swarms.schema.ts";
import type { MirrorRow } from "./mirror.queries.ts";

/** How a swarm's mirror stands, as people see it. */
export function mirrorOf(row: MirrorRow | undefined): Pick<Swarm, "slackChannelName" | "mirror"> {
  if (!row) return { slackChannelName: null, mirror: { state: "none", reason: null, failure: null } };
  const { channelName, state, reason, failure } = row;
  return {
    slackChannelName: channelName === null ? null : `#${channelName}`,
    mirror: { state, reason, failure },
  };
}
