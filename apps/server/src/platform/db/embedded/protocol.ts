/** What travels between the main thread and the embedded database's thread. */
export type ToWorker =
  | { kind: "open"; client: number }
  | { kind: "data"; client: number; data: Uint8Array }
  | { kind: "dump" }
  | { kind: "close" };

export type FromWorker =
  | { kind: "ready" }
  | { kind: "data"; client: number; data: Uint8Array }
  | { kind: "dumped"; data: Uint8Array }
  | { kind: "failed"; message: string }
  | { kind: "closed" };
