import { z } from "zod";
import type { Ctx } from "../../../ports/index.ts";
import type { ConnectionKind } from "../communication.types.ts";

/** What is kept openly of a connection. */
export type Settings = Record<string, unknown>;

/** A connection, opened: what a connector needs to speak to the provider. */
export interface Connection<Kept, Credentials> {
  kind: ConnectionKind;
  name: string;
  settings: Kept;
  credentials: Credentials;
  /** Of these credentials: what is reported of earlier ones is not believed. */
  updatedAt: Date;
}

/** What can be sent to, or from. */
export interface Channel {
  id: string;
  name: string;
}

export interface OutgoingText {
  /** The same in every attempt. */
  id: string;
  to: string;
  text: string;
}

/**
 * What a provider said of a text: it took it, or it never will. Whatever passes (it is busy, it does not answer) is
 * thrown as an AppError, for the queue to try again.
 */
export type SendOutcome =
  | { sent: true; providerId: string }
  /** `connection`: nothing can be sent by it until somebody repairs it. */
  | { sent: false; failure: string; fault: "message" | "connection" };

interface KindSpec<Asked, Kept extends Settings, Credentials> {
  kind: ConnectionKind;
  /** What the kind is called in errors: "SMS". */
  title: string;
  /** What whoever connects it says openly, and in secret. */
  asked: z.ZodType<Asked>;
  credentials: z.ZodType<Credentials>;
  /** What is kept of it openly: what was asked, and what the provider told of the account. */
  kept: z.ZodType<Kept>;
  /** Characters of the longest text. */
  mostText: number;
  /** By what the provider calls the account when it writes to us: one tenant has it. A kind that only sends needs none. */
  publicName?(kept: Kept): string;
  /** An address as it is kept and sent to. Throws VALIDATION_ERROR for what is none. */
  address(to: string): string;
  /**
   * Tries it against the provider. Throws API_KEY_INVALID when the provider refuses, VALIDATION_ERROR for settings that do
   * not fit the account, UPSTREAM_FAILED or UPSTREAM_TIMEOUT when it cannot be asked. Never in a transaction.
   */
  connect(ctx: Ctx, asked: Asked, credentials: Credentials): Promise<Kept>;
  /** Never in a transaction. */
  channels(ctx: Ctx, connection: Connection<Kept, Credentials>): Promise<Channel[]>;
  /** Never in a transaction. */
  send(ctx: Ctx, connection: Connection<Kept, Credentials>, text: OutgoingText): Promise<SendOutcome>;
  /**
   * The provider's ids of such texts since then, for an attempt of which nothing was heard. A kind whose provider tells a
   * repeated attempt itself needs none. Never in a transaction.
   */
  findSent?(
    ctx: Ctx,
    connection: Connection<Kept, Credentials>,
    text: OutgoingText,
    since: Date,
  ): Promise<string[]>;
}

/** How a row holds it. */
export interface ClosedConnection {
  kind: ConnectionKind;
  name: string;
  settings: unknown;
  credentials: unknown;
  updatedAt: Date;
}

/** A kind of connection: all that the module needs to know of a provider. */
export interface Kind<Kept extends Settings, Credentials> {
  kind: ConnectionKind;
  title: string;
  mostText: number;
  publicName: ((settings: unknown) => string) | null;
  address(to: string): string;
  open(row: ClosedConnection): Connection<Kept, Credentials>;
  connect(ctx: Ctx, input: { settings: unknown; credentials: unknown }): Promise<Kept>;
  channels(ctx: Ctx, row: ClosedConnection): Promise<Channel[]>;
  send(ctx: Ctx, row: ClosedConnection, text: OutgoingText): Promise<SendOutcome>;
  findSent: ((ctx: Ctx, row: ClosedConnection, text: OutgoingText, since: Date) => Promise<string[]>) | null;
}

/** A kind whose schemas stand between the rows, which know no kind, and its own types. */
export function defineKind<Asked, Kept extends Settings, Credentials>(
  spec: KindSpec<Asked, Kept, Credentials>,
): Kind<Kept, Credentials> {
  const open = (row: ClosedConnection): Connection<Kept, Credentials> => ({
    ...row,
    settings: spec.kept.parse(row.settings),
    credentials: spec.credentials.parse(row.credentials),
  });
  const { kind, title, mostText, findSent, publicName } = spec;
  return {
    kind,
    title,
    mostText,
    publicName: publicName ? (settings) => publicName(spec.kept.parse(settings)) : null,
    address: (to) => spec.address(to),
    open,
    connect: (ctx, input) =>
      spec.connect(ctx, spec.asked.parse(input.settings), spec.credentials.parse(input.credentials)),
    channels: (ctx, row) => spec.channels(ctx, open(row)),
    send: (ctx, row, text) => spec.send(ctx, open(row), text),
    findSent: findSent ? (ctx, row, text, since) => findSent(ctx, open(row), text, since) : null,
  };
}

/** What `communication.connect` takes for a kind. */
export function connectInput<
  const Name extends ConnectionKind,
  Settings extends z.ZodType,
  Credentials extends z.ZodType,
>(kind: Name, schemas: { asked: Settings; credentials: Credentials }) {
  return z.strictObject({
    kind: z.literal(kind),
    /** What colleagues call it. */
    name: z.string().trim().min(1).max(100).optional(),
    settings: schemas.asked,
    credentials: schemas.credentials,
  });
}

/** A secret as it is pasted: no spaces, no line breaks, so that nothing else fits into a header. */
export const secretText = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]*$/, "A secret has no spaces, line breaks or accented letters.");
