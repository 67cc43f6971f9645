import type pg from "pg";
import { random, sentences } from "./words.ts";

export interface Sizes {
  /** Conversations of the tenant that is measured, of ten messages each. */
  conversations: number;
  /** Other tenants, each with a fiftieth of that. */
  otherTenants: number;
}

export const messagesEach = 10;
/** Different sentences; each message has one of them and a number that a few others have as well. */
const different = 20_000;
/** Messages that one statement writes. */
const batch = 5_000;

type Client = Pick<pg.Pool, "query">;

/** Writes the conversations straight into the tables: of the given tenant, and of others that are made for it. */
export async function fill(
  client: Client,
  tenantId: string,
  { conversations, otherTenants }: Sizes,
): Promise<void> {
  // the same ids in each run, and of a kind that the server takes for one
  await client.query(
    `create function bench_id(text) returns uuid immutable language sql as
     $$ select overlay(overlay(md5($1) placing '4' from 13) placing '8' from 17)::uuid $$`,
  );
  await client.query("create table bench_sentences (n int primary key, text text not null)");
  const texts = sentences(different, random(7));
  await client.query(
    "insert into bench_sentences select ordinality - 1, text from unnest($1::text[]) with ordinality as t (text)",
    [texts],
  );
  await addPeople(client, tenantId, conversations);
  await addConversations(client, tenantId, conversations);
  for (let i = 0; i < otherTenants; i++) {
    const { rows } = await client.query<{ id: string }>(
      "insert into tenants (id, name, slug) values (gen_random_uuid(), $1, $1) returning id",
      [`bench-${i}`],
    );
    const id = rows[0]?.id ?? "";
    const few = Math.ceil(conversations / 50);
    await addPeople(client, id, few);
    await addConversations(client, id, few);
  }
  await client.query("drop table bench_sentences");
  await client.query("drop function bench_id(text)");
  await client.query("vacuum analyze");
}

/** A customer for every three conversations. */
async function addPeople(client: Client, tenantId: string, conversations: number): Promise<void> {
  await client.query(
    `insert into customers (tenant_id, id, name, email, created_at, updated_at)
     select $1::text::uuid, bench_id($1::text || 'customer' || n), 'Customer ' || n, 'customer' || n || '@shop.example', now(), now()
     from generate_series(0, $2::int / 3) n`,
    [tenantId, conversations],
  );
}

/**
 * Spread over a year, as a help desk has them: most are resolved, a few per cent wait. `hashint4` makes the properties
 * independent of each other and the same in each run.
 */
async function addConversations(client: Client, tenantId: string, conversations: number): Promise<void> {
  const perStatement = batch / messagesEach;
  for (let from = 0; from < conversations; from += perStatement) {
    const range = [tenantId, from, Math.min(conversations, from + perStatement) - 1, conversations];
    await client.query(
      `insert into conversations (tenant_id, id, customer_id, channel, status, assignee_id, team_id, severity, intent,
         tags, message_count, sla_due_at, sla_breached, queued_at, last_sequence, subject, last_message_text,
         last_message_at, created_at, updated_at, resolved_at)
       select $1::text::uuid, bench_id($1::text || s.n), bench_id($1::text || 'customer' || s.n / 3),
         (array['widget','widget','widget','email','api'])[1 + mod(abs(hashint4(s.n + 1)::bigint), 5)],
         s.status,
         case when mod(abs(hashint4(s.n + 2)::bigint), 10) < 7 and s.status not in ('new', 'ai_handling', 'escalated')
           then bench_id($1::text || 'agent' || mod(abs(hashint4(s.n + 3)::bigint), 50)) end,
         case when mod(s.n, 2) = 0 then bench_id($1::text || 'team' || mod(abs(hashint4(s.n + 4)::bigint), 8)) end,
         (array['P0','P1','P2','P2','P3','P3','P3', null])[1 + mod(abs(hashint4(s.n + 5)::bigint), 8)],
         'order_status',
         case mod(abs(hashint4(s.n + 6)::bigint), 40)
           when 0 then array['vip', 'refund'] when 1 then array['refund'] when 2 then array['refund']
           when 3 then array['bug'] when 4 then array['campaign ' || s.n / 500] else '{}' end,
         ${messagesEach},
         case when s.is_open and mod(s.n, 3) = 0 then s.at + interval '4 hours' end,
         mod(abs(hashint4(s.n + 7)::bigint), 25) = 0,
         case when s.status = 'escalated' then s.at end,
         ${messagesEach}, left(t.text, 140), left(t.text, 140), s.at + interval '30 minutes', s.at, s.at,
         case when not s.is_open then s.at + interval '2 hours' end
       from (
         select n, at, status, status not in ('resolved', 'closed') as is_open from (
           select n, now() - ($4::int - n) * (interval '365 days' / $4::int) as at,
             case when mod(abs(hashint4(n)::bigint), 100) < 2 then 'escalated'
               when mod(abs(hashint4(n)::bigint), 100) < 4 then 'awaiting_agent'
               when mod(abs(hashint4(n)::bigint), 100) < 7 then 'awaiting_customer'
               when mod(abs(hashint4(n)::bigint), 100) < 8 then 'new'
               when mod(abs(hashint4(n)::bigint), 100) < 15 then 'ai_handling'
               when mod(abs(hashint4(n)::bigint), 100) < 70 then 'resolved' else 'closed' end as status
           from generate_series($2::int, $3::int) n) each) s
       join bench_sentences t on t.n = mod(s.n, ${different})`,
      range,
    );
    await client.query(
      `insert into messages (tenant_id, id, conversation_id, sequence, author, text, state, internal, created_at,
         updated_at)
       select $1::text::uuid, bench_id($1::text || g.n || '/' || k), bench_id($1::text || g.n), k,
         case when mod(k, 2) = 1 then 'customer' when mod(g.n, 3) = 0 then 'agent' else 'bot' end,
         t.text || ' order' || g.n / 4, 'complete', false, at, at
       from generate_series($2::int, $3::int) g (n)
       cross join generate_series(1, ${messagesEach}) k
       cross join lateral (select now() - ($4::int - g.n) * (interval '365 days' / $4::int) + k * interval '3 minutes' as at) w
       join bench_sentences t on t.n = mod(abs(hashint8(g.n::bigint * ${messagesEach} + k)::bigint), ${different})`,
      range,
    );
    await client.query(
      `insert into conversation_events (tenant_id, conversation_id, sequence, type, message_id, created_at)
       select $1::text::uuid, bench_id($1::text || n), k, 'message', bench_id($1::text || n || '/' || k), now()
       from generate_series($2::int, $3::int) n cross join generate_series(1, ${messagesEach}) k
       where $4::int > 0`,
      range,
    );
  }
}
