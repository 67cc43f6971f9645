import { type Capability, managers } from "./capability.ts";

const hours = { monday: [{ from: "09:00", to: "17:00" }] };

/** What is promised to customers, and when somebody works. */
export const slas: Capability = {
  async furnish({ owner, word }) {
    const calendar = await owner.trpc.calendars.create.mutate({
      name: `Shop ${word}`,
      timezone: "Europe/Paris",
      hours,
      holidays: [{ date: "2026-12-25", name: `Feast of ${word}` }],
    });
    const policy = await owner.trpc.slas.create.mutate({
      name: `Promise ${word}`,
      tier: `tier-${word}`,
      targets: { P0: { firstResponseMinutes: 15, resolutionMinutes: 60 } },
      calendarId: calendar.id,
    });
    return { calendar: calendar.id, slaPolicy: policy.id };
  },
  async remove({ owner, id }) {
    await owner.trpc.slas.delete.mutate({ policyId: id("slaPolicy") });
    await owner.trpc.calendars.delete.mutate({ calendarId: id("calendar") });
  },
  ids: {
    policyId: "slaPolicy",
    calendarId: "calendar",
    "GET /v1/slas/{id}.id": "slaPolicy",
    "PATCH /v1/slas/{id}.id": "slaPolicy",
    "DELETE /v1/slas/{id}.id": "slaPolicy",
  },
  inputs: {
    "slas.create": { name: "Gold", tier: "gold", targets: {} },
    "POST /v1/slas": { name: "Gold", tier: "gold", targets: {} },
    "calendars.create": { name: "Shop", timezone: "UTC", hours },
    "calendars.update": { timezone: "UTC", hours },
  },
  callers: {
    "slas.*": managers,
    "calendars.*": managers,
    "GET /v1/slas": managers,
    "GET /v1/slas/{id}": managers,
    "POST /v1/slas": managers,
    "PATCH /v1/slas/{id}": managers,
    "DELETE /v1/slas/{id}": managers,
  },
};
