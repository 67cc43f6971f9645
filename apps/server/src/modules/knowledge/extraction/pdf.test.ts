import { expect, test } from "vitest";
import { parsePdf } from "./pdf.ts";
import { makePdf } from "./testing/make-files.ts";

test("the Arabic ligature lam-alef keeps its order, the article al- too", async () => {
  // Seen from the left, as a page is drawn: خلال with its ligature, then الخ without.
  const letters = { A: "لا", B: "خ", C: "ل", D: "ا" };
  expect((await parsePdf(makePdf("CAB", letters))).text).toBe("خلال");
  expect((await parsePdf(makePdf("BCD", letters))).text).toBe("الخ");
});

test("a page without letters or digits has no text layer", async () => {
  await expect(parsePdf(makePdf("--", {}))).rejects.toMatchObject({ code: "NO_TEXT_LAYER" });
});
