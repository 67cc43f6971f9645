import type { Deeds, World } from "../deed.ts";

const hours = { monday: [{ from: "09:00", to: "17:00" }] };
const newCalendar = () => ({ name: `Shop ${crypto.randomUUID()}`, timezone: "Europe/Paris", hours });
const newPolicy = () => ({ name: "Promise", tier: crypto.randomUUID(), targets: {} });
const calendarOf = async ({ owner }: World) => (await owner.trpc.calendars.create.mutate(newCalendar())).id;
const policyOf = async ({ owner }: World) => (await owner.trpc.slas.create.mutate(newPolicy())).id;

/** What is promised to customers, and when somebody works. */
export const slas: Deeds = {
  "slas.create": () => ({ input: newPolicy() }),
  "slas.update": async (world) => ({ input: { policyId: await policyOf(world), name: "Another" } }),
  "slas.delete": async (world) => ({ input: { policyId: await policyOf(world) } }),
  "calendars.create": () => ({ input: newCalendar() }),
  "calendars.update": async (world) => ({ input: { calendarId: await calendarOf(world), timezone: "UTC" } }),
  "calendars.delete": async (world) => ({ input: { calendarId: await calendarOf(world) } }),
  "POST /v1/slas": ({ bearer }) => ({ input: newPolicy(), as: bearer }),
  "PATCH /v1/slas/{id}": async (world) => ({
    params: { id: await policyOf(world) },
    input: { businessHours: { timezone: "UTC", hours } },
    as: world.bearer,
  }),
  "DELETE /v1/slas/{id}": async (world) => ({
    params: { id: await policyOf(world) },
    input: {},
    as: world.bearer,
  }),
};
