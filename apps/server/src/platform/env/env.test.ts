import { isAbsolute } from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "./index.ts";

test("nothing needs to be set", () => {
  const env = readEnv({});
  expect(env).toMatchObject({
    HOST: "localhost",
    PORT: 3000,
    PUBLIC_URL: "http://localhost:3000",
    DEMO: true,
    PROCESS: "all",
    OUTBOUND_ALLOWED_HOSTS: [],
  });
  expect(env.DATABASE_URL).toBeUndefined();
  expect(isAbsolute(env.DATA_DIR)).toBe(true);
});

test("an empty value is the same as none", () => {
  expect(readEnv({ PORT: "", DATABASE_URL: "", PUBLIC_URL: "" })).toEqual(readEnv({}));
});

test.each([
  [{ HOST: "127.0.0.1", PORT: "4000" }, "http://127.0.0.1:4000"],
  [{ HOST: "0.0.0.0" }, "http://localhost:3000"],
  [{ HOST: "::" }, "http://localhost:3000"],
  [{ HOST: "::1" }, "http://[::1]:3000"],
  [{ PUBLIC_URL: "https://chat.example.test/" }, "https://chat.example.test"],
])("the public address of %j is %s", (given, publicUrl) => {
  expect(readEnv(given).PUBLIC_URL).toBe(publicUrl);
});

test("values are read as what they are", () => {
  const given = {
    DEMO: "0",
    OUTBOUND_ALLOWED_HOSTS: "localhost:11434, 10.0.0.0/8,",
    TRUSTED_PROXIES: "2",
    PLATFORM_ADMINS: "Ada@Example.test",
  };
  expect(readEnv(given)).toMatchObject({
    DEMO: false,
    OUTBOUND_ALLOWED_HOSTS: ["localhost:11434", "10.0.0.0/8"],
    TRUSTED_PROXIES: 2,
    PLATFORM_ADMINS: ["ada@example.test"],
  });
});

const wrong = {
  NODE_ENV: "prod",
  PORT: "70000",
  PUBLIC_URL: "ftp://example.test",
  LOG_LEVEL: "loud",
  DATABASE_URL: "mysql://example.test/db",
  MIGRATION_DATABASE_URL: "somewhere",
  DATABASE_POOL_SIZE: "1",
  REDIS_URL: "http://example.test",
  PARLANCE_SECRET: "too short",
  PARLANCE_SECRET_PREVIOUS: `${"A".repeat(43)}=,too short`,
  S3_ENDPOINT: "bucket",
  OPENAI_BASE_URL: "model",
  TRUSTED_PROXIES: "-1",
  PLATFORM_ADMINS: "ada@example.test, ada",
  DEMO: "maybe",
  PROCESS: "some",
};

test.each(Object.entries(wrong))("%s=%s is refused by its name", (name, value) => {
  expect(() => readEnv({ [name]: value })).toThrow(name);
});

test.each([
  [{ SMTP_URL: "smtp://mail.example.test" }, "SMTP_URL needs MAIL_FROM"],
  [{ GOOGLE_CLIENT_ID: "x" }, "GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET"],
  [{ GITHUB_CLIENT_SECRET: "x" }, "GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET"],
])("%j lacks what belongs to it", (given, words) => {
  expect(() => readEnv(given)).toThrow(words);
});

test("every wrong variable is named at once, and no value is shown", () => {
  let message = "";
  try {
    readEnv({ ...wrong, S3_ENDPOINT: "https://s3.example.test" });
  } catch (error) {
    if (error instanceof Error) message = error.message;
  }
  for (const name of Object.keys(wrong)) expect(message).toContain(name);
  expect(message).toContain("S3_ENDPOINT needs S3_BUCKET");
  expect(message).not.toContain("too short");
});
