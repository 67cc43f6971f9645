import { z } from "zod";
import { password } from "../../harness/server.ts";
import type { Furnishing } from "../../isolation/registry/index.ts";

/** Somebody who calls, and as whom the log must know them. */
export interface Caller {
  headers: Record<string, string>;
  /** Null for somebody who becomes someone by this very call. */
  actorId: string | null;
}

export interface World extends Pick<Furnishing, "server" | "owner" | "site" | "id"> {
  /** Where a model that speaks OpenAI's protocol answers. */
  modelUrl: string;
  /** The owner by an access token of theirs. */
  bearer: Caller;
  /** A program of the owner's tenant. */
  program: Caller;
  /** Somebody new, who owns another tenant: for what ends a session, or changes who they are. */
  stranger(): Promise<Caller & Furnishing["owner"]>;
  /** A link's token out of a mail, when the installation can send some. */
  mailed(work: () => Promise<{ email: string }>): Promise<string>;
  /** Nobody: for what people do before they are signed in. */
  nobody: Caller;
}

/** A call that succeeds and changes something. Whoever calls is the owner unless it says otherwise. */
export interface Call {
  /** Of a procedure: its input. Of a route: its body. */
  input?: unknown;
  /** What stands in the braces of a route's path. */
  params?: Record<string, string>;
  as?: Caller;
}

/**
 * Makes ready, through the product, for one good call of a procedure or route. What it makes ready is not looked at:
 * an entry is known by the number of its request.
 */
export type Deed = (world: World) => Call | Promise<Call>;
export type Deeds = Readonly<Record<string, Deed>>;

const tokensSchema = z.object({ data: z.object({ accessToken: z.string() }) });

/** What a program of this person's sends: an access token that their password gave it. */
export async function bearerOf(url: string, email: string): Promise<Record<string, string>> {
  const response = await fetch(`${url}/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const { data } = tokensSchema.parse(await response.json());
  return { authorization: `Bearer ${data.accessToken}` };
}
