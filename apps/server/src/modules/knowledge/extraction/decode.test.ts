import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { decodeText } from "./decode.ts";

const FRENCH =
  "Les remboursements sont effectués sous 14 jours après réception. Où est ma commande ? Ça dépend du délai : l’été, c’est plus long.";
const ARABIC = "يمكن للعملاء إرجاع المنتجات خلال 14 يومًا من تاريخ الاستلام، ويرجى الاحتفاظ بالفاتورة.";
const RUSSIAN = "Возврат товара возможен в течение четырнадцати дней после получения заказа.";

describe("reads text in the encoding it was saved in", () => {
  test.each([
    ["UTF-8", Buffer.from(FRENCH + ARABIC), FRENCH + ARABIC],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${FRENCH}`), FRENCH],
    ["UTF-16 LE with a mark", iconv.encode(ARABIC, "utf-16le", { addBOM: true }), ARABIC],
    ["UTF-16 BE with a mark", iconv.encode(ARABIC, "utf-16be", { addBOM: true }), ARABIC],
    ["UTF-16 LE without a mark", iconv.encode(FRENCH, "utf-16le"), FRENCH],
    ["UTF-16 BE without a mark", iconv.encode(ARABIC, "utf-16be"), ARABIC],
    ["windows-1252", iconv.encode(FRENCH, "windows-1252"), FRENCH],
    ["Latin 1", iconv.encode("Le café est fermé l'été.", "latin1"), "Le café est fermé l'été."],
    ["windows-1256", iconv.encode(ARABIC, "windows-1256"), ARABIC],
    ["windows-1251", iconv.encode(RUSSIAN, "windows-1251"), RUSSIAN],
    [
      "UTF-8 with stray control characters",
      Buffer.from("One \u0007 bell does not make it binary."),
      "One \u0007 bell does not make it binary.",
    ],
  ])("%s", (_name, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });
});

test("a declared charset is believed when it decodes cleanly", () => {
  const polish = "Zażółć gęślą jaźń.";
  expect(decodeText(iconv.encode(polish, "iso-8859-2"), "iso-8859-2")).toBe(polish);
});

test("UTF-8 with one broken character is still UTF-8", () => {
  const bytes = Buffer.concat([Buffer.from(FRENCH), Uint8Array.of(0xe2, 0x82), Buffer.from(ARABIC)]);
  expect(decodeText(bytes)).toBe(`${FRENCH}\ufffd${ARABIC}`);
});

test("a declared charset does not overrule valid UTF-8", () => {
  expect(decodeText(Buffer.from(FRENCH), "windows-1252")).toBe(FRENCH);
});

describe("refuses what is not text", () => {
  const noise = Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919 + (index >> 3) * 31) % 256);
  test.each([
    ["noise", noise],
    ["noise without zero bytes", noise.map((byte) => byte || 1)],
    ["zero bytes", new Uint8Array(1000)],
    ["a wrong UTF-8 mark", Uint8Array.from([0xef, 0xbb, 0xbf, 0xc3, 0x28])],
    ["half a UTF-16 pair", Uint8Array.from([0xff, 0xfe, 0x41, 0x00, 0x42])],
    [
      "a PNG image",
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]),
    ],
  ])("%s", (_name, bytes) => {
    expect(() => decodeText(bytes)).toThrow(expect.objectContaining({ code: "BAD_ENCODING" }));
  });
});
