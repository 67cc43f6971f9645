import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { refusedFields } from "./refused-fields.ts";

const refusal = (data: unknown) => Object.assign(new TRPCClientError("No."), { data });

test.each([
  ["no error", null, {}],
  ["an error of something else", new Error("No."), {}],
  ["a server that was not reached", refusal(undefined), {}],
  ["a refusal of the whole", refusal({ details: { right: "x" } }), {}],
  ["one that is no list", refusal({ details: { fields: "x" } }), {}],
  [
    "a refusal of fields",
    refusal({
      details: {
        fields: [{ path: "subdomain", message: "Taken." }, { path: "allowedDomains.3", message: "Odd." }, {}],
      },
    }),
    { subdomain: "Taken.", allowedDomains: "Odd." },
  ],
])("%s", (_title, error, fields) => {
  expect(refusedFields(error)).toEqual(fields);
});
