import { putFile } from "../../lib/put-file.ts";

/** What a message may carry; the server holds to the same. */
export const attachmentLimits = { bytes: 10 * 1024 * 1024, files: 10 } as const;

export type AttachmentState =
  | { kind: "sending"; share: number }
  | { kind: "ready"; attachmentId: string }
  | { kind: "failed"; error: unknown }
  | { kind: "too_large" };

export interface Attachment {
  key: number;
  file: File;
  state: AttachmentState;
}

/** Makes place for a file in a conversation. */
export type MakePlace = (file: {
  fileName: string;
  contentType: string;
  size: number;
}) => Promise<{ attachmentId: string; uploadUrl: string; headers: Record<string, string> }>;

let keys = 0;

/** The files of the message that is being written: uploaded at once, sent with it. */
export class Attachments {
  readonly #listeners = new Set<() => void>();
  readonly #aborts = new Map<number, AbortController>();
  #files: readonly Attachment[] = [];

  /** The same array until something changes. */
  readonly read = (): readonly Attachment[] => this.#files;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins to upload; those beyond the number that a message carries are left out. */
  add(files: readonly File[], makePlace: MakePlace): void {
    for (const file of files.slice(0, attachmentLimits.files - this.#files.length)) {
      const key = ++keys;
      const isTooLarge = file.size > attachmentLimits.bytes || file.size === 0;
      const state: AttachmentState = isTooLarge ? { kind: "too_large" } : { kind: "sending", share: 0 };
      this.#set([...this.#files, { key, file, state }]);
      if (!isTooLarge) void this.#send(key, file, makePlace);
    }
  }

  retry(key: number, makePlace: MakePlace): void {
    const failed = this.#files.find((each) => each.key === key);
    if (failed?.state.kind !== "failed") return;
    this.#change(key, { kind: "sending", share: 0 });
    void this.#send(key, failed.file, makePlace);
  }

  /** One that is being sent stops. */
  remove(key: number): void {
    this.#aborts.get(key)?.abort();
    this.#set(this.#files.filter((each) => each.key !== key));
  }

  /** Takes them all out, for the message that goes with them. */
  take(): readonly Attachment[] {
    const taken = this.#files;
    this.#set([]);
    return taken;
  }

  /** Those of a message that was not sent, before what was added since. */
  putBack(files: readonly Attachment[]): void {
    this.#set([...files, ...this.#files].slice(0, attachmentLimits.files));
  }

  async #send(key: number, file: File, makePlace: MakePlace): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(key, abort);
    try {
      const place = await makePlace({
        fileName: file.name.slice(0, 255),
        contentType: file.type || "application/octet-stream",
        size: file.size,
      });
      const onShare = (share: number) => this.#change(key, { kind: "sending", share });
      await putFile(place.uploadUrl, file, place.headers, onShare, abort.signal);
      this.#change(key, { kind: "ready", attachmentId: place.attachmentId });
    } catch (error) {
      this.#change(key, { kind: "failed", error });
    } finally {
      this.#aborts.delete(key);
    }
  }

  #change(key: number, state: AttachmentState): void {
    this.#set(this.#files.map((each) => (each.key === key ? { ...each, state } : each)));
  }

  #set(files: readonly Attachment[]): void {
    this.#files = files;
    for (const listener of this.#listeners) listener();
  }
}

const byConversation = new Map<string, Attachments>();

/** Of one conversation, so that looking elsewhere loses nothing. */
export function attachmentsFor(conversationId: string): Attachments {
  let attachments = byConversation.get(conversationId);
  if (attachments === undefined) {
    attachments = new Attachments();
    byConversation.set(conversationId, attachments);
  }
  return attachments;
}

export function idsOf(files: readonly Attachment[]): string[] {
  return files.flatMap(({ state }) => (state.kind === "ready" ? [state.attachmentId] : []));
}

/** Files on their way with a message, by the message's client id. */
const going = new Map<string, readonly Attachment[]>();

/** Takes a conversation's files for a message, and gives the ids by which the server knows them. */
export function sendFilesWith(clientId: string, conversationId: string): { attachmentIds?: string[] } {
  const files = attachmentsFor(conversationId).take();
  if (files.length === 0) return {};
  going.set(clientId, files);
  return { attachmentIds: idsOf(files) };
}

/** The message is there, and its files with it. */
export function filesArrived(clientId: string): void {
  going.delete(clientId);
}

/** The message was not sent: its files wait for the next try. */
export function takeFilesBack(clientId: string, conversationId: string): void {
  const files = going.get(clientId);
  going.delete(clientId);
  if (files) attachmentsFor(conversationId).putBack(files);
}
