import { afterAll, beforeAll, expect, test } from "vitest";
import { type OidcProvider, startOidcProvider } from "../../../../../tests/harness/oidc-provider.ts";
import {
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import type { TestUser } from "../../../../../tests/harness/server.ts";
import { oidcSettings, type SsoWorld, startSsoWorld } from "../../../../../tests/harness/sso.ts";

let world: SsoWorld;
let oidc: OidcProvider;
let owner: TestUser;
let member: TestUser;

beforeAll(async () => {
  oidc = await startOidcProvider();
  world = await startSsoWorld([oidc.host]);
  owner = await world.server.signUp("Owner");
  member = await colleague(world.server, owner, "member");
});
afterAll(async () => {
  await world.close();
  await oidc.close();
});

const sso = (user: TestUser) => user.trpc.enterpriseSecurity;

const valid = {
  template: "oidc",
  domain: "table.example",
  oidc: { issuer: "https://id.example", clientId: "a", clientSecret: "b" },
} as const;
const wrong =
  (changes: object): Scenario["call"] =>
  (trpc) =>
    trpc.enterpriseSecurity.setSsoConfig.mutate({ ...valid, ...changes });
const scenarios: Scenario[] = [
  ...(
    ["getSsoConfig", "setSsoConfig", "testSsoConfig", "verifySsoDomain", "removeSsoConfig"] as const
  ).flatMap((name): Scenario[] => {
    const call: Scenario["call"] = ({ enterpriseSecurity }) =>
      name === "getSsoConfig"
        ? enterpriseSecurity.getSsoConfig.query()
        : name === "setSsoConfig"
          ? enterpriseSecurity.setSsoConfig.mutate(valid)
          : enterpriseSecurity[name].mutate();
    const changes =
      name === "getSsoConfig" || name === "setSsoConfig"
        ? []
        : [{ title: `${name}: nothing set up`, as: () => owner.trpc, call, refused: "NOT_FOUND" }];
    return [
      { title: `${name}: a guest`, as: () => world.server.guest, call, refused: "UNAUTHORIZED" },
      { title: `${name}: a member`, as: () => member.trpc, call, refused: "FORBIDDEN" },
      ...changes,
    ];
  }),
  {
    title: "no provider",
    as: () => owner.trpc,
    call: wrong({ oidc: undefined }),
    refused: "VALIDATION_ERROR",
  },
  {
    title: "two providers",
    as: () => owner.trpc,
    call: wrong({ saml: { metadataXml: "<a/>" } }),
    refused: "VALIDATION_ERROR",
  },
  { title: "no domain", as: () => owner.trpc, call: wrong({ domain: "corp" }), refused: "VALIDATION_ERROR" },
  {
    title: "an address as domain",
    as: () => owner.trpc,
    call: wrong({ domain: "a@corp.example" }),
    refused: "VALIDATION_ERROR",
  },
  {
    title: "an issuer without https",
    as: () => owner.trpc,
    call: wrong({ oidc: { ...valid.oidc, issuer: "http://id.example" } }),
    refused: "VALIDATION_ERROR",
  },
  {
    title: "no secret",
    as: () => owner.trpc,
    call: wrong({ oidc: { issuer: oidcIssuer(), clientId: "a" } }),
    refused: "VALIDATION_ERROR",
  },
  {
    title: "an unknown role",
    as: () => owner.trpc,
    call: (trpc) =>
      trpc.enterpriseSecurity.setSsoConfig.mutate(
        oidcSettings(oidc, "table.example", { defaultRole: "nobody" }),
      ),
    refused: "NOT_FOUND",
  },
  {
    title: "the owner's role",
    as: () => owner.trpc,
    call: (trpc) =>
      trpc.enterpriseSecurity.setSsoConfig.mutate(
        oidcSettings(oidc, "table.example", { defaultRole: "owner" }),
      ),
    refused: "FORBIDDEN",
  },
  {
    title: "switched on unverified",
    as: () => owner.trpc,
    call: (trpc) =>
      trpc.enterpriseSecurity.setSsoConfig.mutate(oidcSettings(oidc, "table.example", { enabled: true })),
    refused: "CONFLICT",
  },
  {
    title: "metadata that are none",
    as: () => owner.trpc,
    call: wrong({ oidc: undefined, saml: { metadataXml: "<EntityDescriptor/>" } }),
    refused: "VALIDATION_ERROR",
  },
  {
    title: "metadata with entities",
    as: () => owner.trpc,
    call: wrong({ oidc: undefined, saml: { metadataXml: "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>" } }),
    refused: "VALIDATION_ERROR",
  },
  {
    title: "a certificate that is none",
    as: () => owner.trpc,
    call: wrong({
      oidc: undefined,
      saml: { entityId: "e", entryPoint: "https://id.example", certificate: "e" },
    }),
    refused: "VALIDATION_ERROR",
  },
];

function oidcIssuer(): string {
  return "https://1.1.1.1"; // public, and nobody asks it: the secret is missing
}

test.each(scenarios)("$title", async (scenario) => {
  await play(scenario);
  expect((await sso(owner).getSsoConfig.query()).config).toBeNull(); // nothing was written
});

const inside = [
  "https://127.0.0.1:1",
  "https://10.0.0.1",
  "https://169.254.169.254",
  "https://[::1]",
  "https://100.64.0.1",
  "https://localhost:8443",
];

test.each(inside)(
  "C05: %s as issuer or metadata address is refused when it is set and when it is changed",
  async (issuer) => {
    const user = await world.server.signUp("Inside");
    const settings = oidcSettings(oidc, "inside.example");
    const attempts = [
      { ...settings, oidc: { issuer, clientId: "a", clientSecret: "b" } },
      { ...settings, oidc: undefined, saml: { metadataUrl: issuer } },
    ];
    for (const attempt of attempts) {
      expect(await refusal(sso(user).setSsoConfig.mutate(attempt))).toBe("ADDRESS_NOT_ALLOWED");
    }
    await sso(user).setSsoConfig.mutate(settings);
    for (const attempt of attempts) {
      expect(await refusalText(sso(user).setSsoConfig.mutate(attempt))).toContain("OUTBOUND_ALLOWED_HOSTS");
    }
    expect((await sso(user).getSsoConfig.query()).config?.issuer).toBe(oidc.issuer);
  },
);
