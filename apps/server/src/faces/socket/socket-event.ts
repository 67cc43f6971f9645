import { z } from "zod";
import type { Ctx } from "../../ports/index.ts";

/** What clients are told. Its data is read when it is sent, never taken from the notice that led to it. */
export interface ServerEvent<Data = unknown> {
  name: string;
  summary: string;
  data: z.ZodType<Data>;
  /** The right that hearing of it takes, beside the one that connecting takes. */
  needs?: string;
}

/** What clients send: a verb with an acknowledgement. */
export interface ClientEvent {
  name: string;
  summary: string;
  input: z.ZodType;
  /** What stands beside `ok` in its acknowledgement. */
  answer: z.ZodType<Record<string, unknown>>;
  run(ctx: Ctx, input: unknown): Promise<Record<string, unknown>>;
}

export function serverEvent<Data>(
  name: string,
  summary: string,
  data: z.ZodType<Data>,
  options: { needs?: string } = {},
): ServerEvent<Data> {
  return { name, summary, data, ...options };
}

export function clientEvent<Input extends z.ZodType, Answer extends z.ZodType<Record<string, unknown>>>(
  definition: Pick<ClientEvent, "name" | "summary"> & {
    input: Input;
    answer: Answer;
    run(ctx: Ctx, input: z.output<Input>): Promise<z.input<Answer>>;
  },
): ClientEvent {
  const { input, answer, run } = definition;
  return {
    ...definition,
    async run(ctx, value) {
      return answer.parse(await run(ctx, input.parse(value)));
    },
  };
}

/** One event on its way to the sockets of a tenant. */
export interface Delivery {
  name: string;
  data: unknown;
  /** The person who caused it and needs not hear of it. */
  exceptUserId?: string;
  /** Only for those who have this right. */
  needs?: string;
}

export function deliveryOf<Data>(
  event: ServerEvent<Data>,
  data: Data,
  options: { exceptUserId?: string } = {},
): Delivery {
  const { name, needs } = event;
  return { name, data: event.data.parse(data), ...(needs ? { needs } : {}), ...options };
}

/** For events whose acknowledgement says no more than `ok`. */
export const nothing = z.object({});
