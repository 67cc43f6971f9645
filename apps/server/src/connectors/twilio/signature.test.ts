import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { isSignedByTwilio, twilioSignature } from "./signature.ts";

const file = join(
  process.env.PARLANCE_SHARED_DATA ?? resolve(import.meta.dirname, "../../../../../../shared/data"),
  "webhooks/twilio_signature_vectors.jsonl",
);
const vector = z.object({
  token: z.string(),
  url: z.string(),
  params: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  signature: z.string(),
});
if (!existsSync(file)) {
  process.stderr.write(
    "skipped: Twilio's vectors are not in the shared test data (set PARLANCE_SHARED_DATA)\n",
  );
}

test.skipIf(!existsSync(file))("Twilio's own vectors come to their signatures", () => {
  const vectors = readFileSync(file, "utf8").trim().split("\n");
  expect(vectors.length).toBeGreaterThan(1);
  for (const { token, url, params, body, signature } of vectors.map((line) =>
    vector.parse(JSON.parse(line)),
  )) {
    expect(twilioSignature(token, url, new URLSearchParams(params))).toBe(signature);
    // a body that is no form is signed by its hash in the address
    const hash = new URL(url).searchParams.get("bodySHA256");
    if (body !== undefined) expect(createHash("sha256").update(body).digest("hex")).toBe(hash);
  }
});

// computed as Twilio's documentation says, apart from the code
const token = "12345";
const params = new URLSearchParams({ To: "+18005551212", Digits: "1234", From: "+14158675309" });

test.each([
  ["the same", "https://a.example/x?y=1", "https://a.example/x?y=1", true],
  ["with its port", "https://a.example/x?y=1", "https://a.example:443/x?y=1", true],
  ["with http's port", "http://a.example/x", "http://a.example:80/x", true],
  ["without its port", "http://a.example:8080/x", "http://a.example/x", true],
  ["of another port", "http://a.example:8080/x", "http://a.example:8081/x", false],
  ["of another path", "https://a.example/x", "https://a.example/y", false],
])("an address that was signed %s", (_title, ours, theirs, isRight) => {
  const signature = twilioSignature(token, theirs, params);
  expect(isSignedByTwilio(token, { url: ours, params, signature })).toBe(isRight);
  expect(isSignedByTwilio("other", { url: ours, params, signature })).toBe(false);
  const more = new URLSearchParams([...params, ["Digits", "5"]]);
  expect(isSignedByTwilio(token, { url: ours, params: more, signature })).toBe(false);
});
