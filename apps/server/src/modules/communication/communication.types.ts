/** By what people outside can be reached. Another kind is another word here and a file in `kinds/`. */
export const connectionKinds = ["slack", "sms"] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

export const connectionStatuses = ["connected", "failing"] as const;

/**
 * `sent`: the provider took it. `delivered`, `undelivered`: what it told since, where it does. `failed`: given up, by us or
 * by the provider. The reason stands beside the last two.
 */
export const messageStatuses = ["queued", "sent", "delivered", "undelivered", "failed"] as const;
export type MessageStatus = (typeof messageStatuses)[number];
