/** By what people outside can be reached. Another kind is another word here and a file in `kinds/`. */
export const connectionKinds = ["slack", "sms"] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

export const connectionStatuses = ["connected", "failing"] as const;

/** `sent`: the provider took it. `failed`: given up, with the reason beside it. */
export const messageStatuses = ["queued", "sent", "failed"] as const;
export type MessageStatus = (typeof messageStatuses)[number];
