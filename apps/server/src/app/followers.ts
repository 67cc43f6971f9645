import type { Follower } from "../platform/events/index.ts";

/** Which queue follows which event: `follow(event, queue, toJob)`. */
export const followers: readonly Follower[] = [];
