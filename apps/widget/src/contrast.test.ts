import { expect, test } from "vitest";
import { channels, contrast, RAISED, readable } from "./contrast.ts";

const digits = (color: string) => color.match(/\d+/g)?.map(Number) ?? [];

test("known contrasts", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
});

test("every colour can be read, on the light surfaces and under white text", () => {
  for (let color = 0; color <= 0xffffff; color += 0x1357) {
    const shade = digits(readable(`#${color.toString(16).padStart(6, "0")}`));
    expect(contrast(shade, channels(RAISED))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(shade, [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
  }
});

test("a colour that can be read stays as it is; what is no colour becomes blue", () => {
  expect(readable("#1a237e")).toBe("rgb(26,35,126)");
  expect(digits(readable("#ffff00"))[0]).toBeLessThan(255);
  for (const bad of [undefined, "", "red", "#12", "#12345g", "url(x)"])
    expect(readable(bad)).toBe("rgb(29,78,216)");
});
