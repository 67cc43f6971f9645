import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { restClient } from "../../../../../tests/harness/rest.ts";
import {
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let policyId: string;
let calendarId: string;
const people = new Map<string, TrpcClient>();
const tokens = new Map<string, string>();
const rest = restClient(() => server);

const hours = { monday: [{ from: "09:00", to: "17:00" }] };
const calendar = (fields: object = {}) => ({ name: newId(), timezone: "Europe/Paris", hours, ...fields });
const policy = (fields: object = {}) => ({ name: "Promise", tier: newId(), targets: {}, ...fields });

beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc).set("stranger", eve.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  tokens
    .set("owner", (await rest.login(ada)).accessToken)
    .set("stranger", (await rest.login(eve)).accessToken);
  calendarId = (await ada.trpc.calendars.create.mutate(calendar({ name: "Shop" }))).id;
  policyId = (await ada.trpc.slas.create.mutate(policy({ tier: "first", calendarId }))).id;
});
afterAll(() => server.close());

const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};

type Call = Scenario["call"];
interface Ids {
  policy: string;
  calendar: string;
}

interface Procedure {
  name: string;
  call: (ids: Ids) => Call;
  /** Whether it names something that may not be there. */
  absent: boolean;
  /** Not tried by those who may: it cannot be done twice. */
  once?: boolean;
}
const procedures: Procedure[] = [
  { name: "slas.list", call: () => (t) => t.slas.list.query({}), absent: false },
  {
    name: "slas.get",
    call:
      ({ policy }) =>
      (t) =>
        t.slas.get.query({ policyId: policy }),
    absent: true,
  },
  { name: "slas.create", call: () => (t) => t.slas.create.mutate(policy()), absent: false },
  {
    name: "slas.create with a calendar",
    call: (ids) => (t) => t.slas.create.mutate(policy({ calendarId: ids.calendar })),
    absent: true,
  },
  {
    name: "slas.update",
    call: (ids) => (t) => t.slas.update.mutate({ policyId: ids.policy, name: "Other" }),
    absent: true,
  },
  { name: "calendars.list", call: () => (t) => t.calendars.list.query(), absent: false },
  {
    name: "calendars.get",
    call: (ids) => (t) => t.calendars.get.query({ calendarId: ids.calendar }),
    absent: true,
  },
  { name: "calendars.create", call: () => (t) => t.calendars.create.mutate(calendar()), absent: false },
  {
    name: "calendars.update",
    call: (ids) => (t) => t.calendars.update.mutate({ calendarId: ids.calendar, timezone: "UTC" }),
    absent: true,
  },
  {
    name: "slas.delete",
    call: (ids) => (t) => t.slas.delete.mutate({ policyId: ids.policy }),
    absent: true,
    once: true,
  },
  {
    name: "calendars.delete",
    call: (ids) => (t) => t.calendars.delete.mutate({ calendarId: ids.calendar }),
    absent: true,
    once: true,
  },
];

describe.each(procedures)("$name", ({ call, absent, once = false }) => {
  const own: Call = (trpc) => call({ policy: policyId, calendar: calendarId })(trpc);
  const none: Call = (trpc) => call({ policy: newId(), calendar: newId() })(trpc);
  test.each<Scenario>([
    { title: "a guest", as: as("guest"), call: own, refused: "UNAUTHORIZED" },
    { title: "an agent", as: as("agent"), call: own, refused: "FORBIDDEN" },
    { title: "a member", as: as("member"), call: own, refused: "FORBIDDEN" },
    ...(once ? [] : ["owner", "admin"].map((role) => ({ title: `the ${role}`, as: as(role), call: own }))),
  ])("by $title: $refused", play);
  if (!absent) return;
  test("of another tenant, or of nothing, is not found in the same words", async () => {
    expect(await refusal(own(eve.trpc))).toBe("NOT_FOUND");
    expect(await refusalText(own(eve.trpc))).toBe(await refusalText(none(ada.trpc)));
  });
});

const opening = (from: string, to: string) => ({ hours: { sunday: [{ from, to }] } });
const target = (first: number | null, whole: number | null) => ({
  targets: { P0: { firstResponseMinutes: first, resolutionMinutes: whole } },
});

describe("bounds", () => {
  test.each<{ fields: object; refused?: string }>([
    { fields: opening("00:00", "24:00") },
    { fields: opening("09:00", "09:01") },
    { fields: opening("09:00", "09:00"), refused: "VALIDATION_ERROR" },
    { fields: opening("24:00", "24:00"), refused: "VALIDATION_ERROR" },
    { fields: opening("9:00", "17:00"), refused: "VALIDATION_ERROR" },
    { fields: opening("22:00", "06:00"), refused: "VALIDATION_ERROR" },
    { fields: { hours: {} }, refused: "VALIDATION_ERROR" },
    {
      fields: {
        hours: {
          monday: [
            { from: "12:00", to: "15:00" },
            { from: "08:00", to: "12:00" },
          ],
        },
      },
    },
    {
      fields: {
        hours: {
          monday: [
            { from: "12:00", to: "15:00" },
            { from: "08:00", to: "12:01" },
          ],
        },
      },
      refused: "VALIDATION_ERROR",
    },
    { fields: { timezone: "Asia/Kolkata" } },
    { fields: { timezone: "Mars/Olympus" }, refused: "VALIDATION_ERROR" },
    { fields: { timezone: "+02:00" }, refused: "VALIDATION_ERROR" },
    { fields: { holidays: [{ date: "2028-02-29" }] } },
    { fields: { holidays: [{ date: "2027-02-29" }] }, refused: "VALIDATION_ERROR" },
    { fields: { holidays: [{ date: "2027-01-01" }, { date: "2027-01-01" }] }, refused: "VALIDATION_ERROR" },
    { fields: { name: "" }, refused: "VALIDATION_ERROR" },
    { fields: { name: "a".repeat(61) }, refused: "VALIDATION_ERROR" },
    { fields: { name: "Shop" }, refused: "CONFLICT" },
  ])("a calendar with $fields: $refused", ({ fields, ...rest }) =>
    play({ as: as("owner"), call: (t) => t.calendars.create.mutate(calendar(fields)), ...rest }),
  );

  test.each<{ fields: object; refused?: string }>([
    { fields: target(1, 527_040) },
    { fields: target(null, null) },
    { fields: target(30, 30) },
    { fields: target(31, 30), refused: "VALIDATION_ERROR" },
    { fields: target(0, 30), refused: "VALIDATION_ERROR" },
    { fields: target(1, 527_041), refused: "VALIDATION_ERROR" },
    { fields: target(1.5, 30), refused: "VALIDATION_ERROR" },
    { fields: { tier: "" }, refused: "VALIDATION_ERROR" },
    { fields: { tier: "t".repeat(40) } },
    { fields: { tier: "t".repeat(41) }, refused: "VALIDATION_ERROR" },
    { fields: { tier: " FIRST " }, refused: "CONFLICT" },
    { fields: { calendarId: "x" }, refused: "VALIDATION_ERROR" },
  ])("a policy with $fields: $refused", ({ fields, ...rest }) =>
    play({ as: as("owner"), call: (t) => t.slas.create.mutate(policy(fields)), ...rest }),
  );
});

test("nobody saves over what they have not seen, nor deletes what is counted by", async () => {
  const { id, version } = await ada.trpc.slas.create.mutate(policy({ calendarId }));
  const saved = await ada.trpc.slas.update.mutate({ policyId: id, name: "Once", version });
  expect(saved).toMatchObject({ name: "Once", version: version + 1, calendarId });
  expect(await refusal(ada.trpc.slas.update.mutate({ policyId: id, name: "Twice", version }))).toBe(
    "CONFLICT",
  );
  expect(await refusal(ada.trpc.slas.update.mutate({ policyId: id, tier: "first" }))).toBe("CONFLICT");
  expect(await refusal(ada.trpc.calendars.delete.mutate({ calendarId }))).toBe("CONFLICT");
  const other = await ada.trpc.calendars.create.mutate(calendar());
  await ada.trpc.calendars.delete.mutate({ calendarId: other.id });
  await ada.trpc.slas.delete.mutate({ policyId: id });
  expect(await refusal(ada.trpc.slas.get.query({ policyId: id }))).toBe("NOT_FOUND");
});

describe("/v1/slas", () => {
  const call = (method: string, path: string, body?: object, who = "owner") =>
    rest.call(method, `/v1/slas${path}`, body, tokens.get(who));
  const businessHours = {
    timezone: "America/New_York",
    hours: { friday: [{ from: "10:00", to: "16:00" }] },
    holidays: [{ date: "2026-12-25", name: "Christmas" }],
  };

  test("makes, shows, lists, changes and deletes a policy with its business hours", async () => {
    const targets = { P0: { firstResponseMinutes: 15, resolutionMinutes: 240 } };
    const made = await call("POST", "", { name: "Premium", tier: "premium", targets, businessHours });
    expect(made).toMatchObject({
      status: 201,
      said: {
        success: true,
        data: {
          name: "Premium",
          tier: "premium",
          active: true,
          targets: { ...targets, P3: { firstResponseMinutes: null, resolutionMinutes: null } },
          businessHours: { ...businessHours, name: "Premium", hours: { ...businessHours.hours, monday: [] } },
          version: 1,
        },
        meta: { requestId: expect.any(String) },
      },
    });
    const list = (await ada.trpc.slas.list.query({ pageSize: 100 })).items;
    const id = list.find(({ tier }) => tier === "premium")?.id ?? "";
    expect((await call("GET", `/${id}`)).said).toMatchObject({ data: { id, tier: "premium" } });
    expect((await call("GET", "?pageSize=1&page=1")).said).toMatchObject({
      data: [{ businessHours: expect.anything() }],
      pagination: { page: 1, pageSize: 1, totalItems: list.length, hasNextPage: true },
    });
    const changed = await call("PATCH", `/${id}`, {
      active: false,
      businessHours: { ...businessHours, timezone: "UTC" },
    });
    expect(changed.said).toMatchObject({
      data: { active: false, version: 2, businessHours: { name: "Premium", timezone: "UTC" } },
    });
    expect((await call("PATCH", `/${id}`, { businessHours: null })).said).toMatchObject({
      data: { businessHours: null, calendarId: null },
    });
    expect((await call("DELETE", `/${id}`)).said).toMatchObject({ data: { id, deleted: true } });
    expect(await call("GET", `/${id}`)).toMatchObject({
      status: 404,
      said: { error: { code: "NOT_FOUND" } },
    });
  });

  test("makes nothing where a part is refused", async () => {
    const before = await ada.trpc.calendars.list.query();
    const refused = await call("POST", "", { name: "Again", tier: "first", targets: {}, businessHours });
    expect(refused).toMatchObject({ status: 409, said: { success: false, error: { code: "CONFLICT" } } });
    const both = { name: "Both", tier: "both", targets: {}, businessHours, calendarId };
    expect((await call("POST", "", both)).said).toMatchObject({ error: { code: "VALIDATION_ERROR" } });
    expect(await ada.trpc.calendars.list.query()).toHaveLength(before.length);
  });

  test.each([
    ["nobody", "", 401],
    ["another tenant", "stranger", 404],
    ["its owner", "owner", 200],
  ])("is read by %s with %s: %i", async (_title, who, status) => {
    expect((await call("GET", `/${policyId}`, undefined, who)).status).toBe(status);
  });
});
