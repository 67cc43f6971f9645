import { createHash, randomUUID } from "node:crypto";
import pg from "pg";
import { z } from "zod";
import type { Product } from "../server/product.ts";

/** Tokens that are asked for at once. */
const together = 20;

/**
 * So many agents of the demo's workspace, each a person with a session of their own; gives an access token of each. They
 * are written into the database, because signing in that often would take longer than all that is measured.
 */
export async function openAgents(product: Product, databaseUrl: string, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, () => ({
    user: randomUUID(),
    session: randomUUID(),
    secret: randomUUID(),
  }));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `with person as (
         select * from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (user_id, session_id, token_hash)
       ), place as (
         select m.member_of_tenant as id from members m join users u on u.id = m.user_id where u.email = $4 limit 1
       ), added as (
         insert into users (id, name, email) select user_id, 'Agent', user_id || '@bench.example' from person
       ), joined as (
         insert into members (id, member_of_tenant, user_id, role)
         select gen_random_uuid(), place.id, user_id, 'agent' from person, place
       ), begun as (
         insert into sessions (id, token, user_id, active_tenant_id, expires_at)
         select session_id, session_id::text, user_id, place.id, now() + interval '1 day' from person, place
       )
       insert into refresh_tokens (id, session_id, token_hash) select gen_random_uuid(), session_id, token_hash from person`,
      [
        people.map(({ user }) => user),
        people.map(({ session }) => session),
        people.map(({ secret }) => createHash("sha256").update(secret).digest("hex")),
        product.links.email,
      ],
    );
  } finally {
    await client.end();
  }
  const tokens: string[] = [];
  while (tokens.length < count) {
    const next = people.slice(tokens.length, tokens.length + together);
    tokens.push(...(await Promise.all(next.map(({ secret }) => accessTokenFor(product, secret)))));
  }
  return tokens;
}

async function accessTokenFor(product: Product, refreshToken: string): Promise<string> {
  const response = await fetch(`${product.url}/v1/auth/refresh`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ refreshToken }),
  });
  const said: unknown = await response.json();
  return z.object({ data: z.object({ accessToken: z.string() }) }).parse(said).data.accessToken;
}
