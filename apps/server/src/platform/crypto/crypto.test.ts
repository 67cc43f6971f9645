import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  constantTimeEqual,
  createVault,
  hmacSign,
  loadOrCreateMasterSecret,
  namedMasterKey,
  randomToken,
  sha256Hex,
} from "./index.ts";

const key = (fill: number) => new Uint8Array(32).fill(fill);
const vault = createVault({ masterKeys: [{ id: "one", key: key(1) }] });

describe("vault", () => {
  it("opens whatever it sealed", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ unit: "grapheme" }), (tenant, purpose, text) => {
        expect(vault.open(tenant, purpose, vault.seal(tenant, purpose, text))).toBe(text);
      }),
    );
  });

  it("seals the same text differently each time and shows nothing of it", () => {
    const [a, b] = [vault.seal("t", "p", "sk-secret"), vault.seal("t", "p", "sk-secret")];
    expect(a).not.toBe(b);
    expect(a).toMatch(/^v1\.one\.[A-Za-z0-9_-]+$/);
    expect(Buffer.from(a).includes("sk-secret")).toBe(false);
  });

  it.each([
    ["another tenant", "t2", "p"],
    ["another purpose", "t", "p2"],
    ["the same letters split elsewhere", "tp", ""],
  ])("does not open for %s", (_name, tenant, purpose) => {
    expect(() => vault.open(tenant, purpose, vault.seal("t", "p", "x"))).toThrow(/cannot be read/);
  });

  it("does not open when any one character was changed", () => {
    const sealed = vault.seal("t", "p", "hello");
    for (let i = 0; i < sealed.length; i++) {
      const altered = sealed.slice(0, i) + (sealed[i] === "A" ? "B" : "A") + sealed.slice(i + 1);
      expect(() => vault.open("t", "p", altered), `position ${i}`).toThrow(/cannot be read/);
    }
  });

  it.each(["", "v1", "v1.one.", "v1.one.AAAA", "v2.one.AAAA", "plain text", "v1.one.AAAA.AAAA"])(
    "refuses %j, which was never sealed",
    (text) => expect(() => vault.open("t", "p", text)).toThrow(/cannot be read/),
  );

  it("does not open when the sealed text is cut or continued", () => {
    const sealed = vault.seal("t", "p", "hello");
    expect(() => vault.open("t", "p", sealed.slice(0, -4))).toThrow(/cannot be read/);
    expect(() => vault.open("t", "p", `${sealed}AAAA`)).toThrow(/cannot be read/);
    expect(() => vault.open("t", "p", `${sealed}=`)).toThrow(/cannot be read/);
  });

  it("keeps opening old texts after a rotation, and seals under the new key", () => {
    const old = vault.seal("t", "p", "x");
    const rotated = createVault({
      masterKeys: [
        { id: "two", key: key(2) },
        { id: "one", key: key(1) },
      ],
    });
    expect(rotated.open("t", "p", old)).toBe("x");
    expect(rotated.isCurrent(old)).toBe(false);
    const renewed = rotated.seal("t", "p", "x");
    expect(rotated.isCurrent(renewed)).toBe(true);
    expect(() => vault.open("t", "p", renewed)).toThrow(/master key is not among/);
  });

  it("opens what was sealed when every key had one name, whichever key that was", () => {
    const former = namedMasterKey(key(1), ["one"]);
    const current = namedMasterKey(key(2), ["one"]);
    const both = createVault({ masterKeys: [current, former] });
    const underSecond = createVault({ masterKeys: [{ id: "one", key: key(2) }] });
    for (const sealed of [vault.seal("t", "p", "x"), underSecond.seal("t", "p", "x")]) {
      expect(both.open("t", "p", sealed)).toBe("x");
      expect(both.isCurrent(sealed)).toBe(false);
    }
    const renewed = both.seal("t", "p", "x");
    expect(both.isCurrent(renewed)).toBe(true);
    expect(createVault({ masterKeys: [current] }).open("t", "p", renewed)).toBe("x");
    expect(() => createVault({ masterKeys: [former] }).open("t", "p", renewed)).toThrow(/cannot be read/);
    expect(() => both.open("t2", "p", vault.seal("t", "p", "x"))).toThrow(/cannot be read/);
  });

  it("names a key after itself, which tells nothing of it", () => {
    expect(namedMasterKey(key(1)).id).toBe(namedMasterKey(key(1)).id);
    expect(namedMasterKey(key(1)).id).not.toBe(namedMasterKey(key(2)).id);
    expect(namedMasterKey(key(1)).id).toMatch(/^[A-Za-z0-9_-]{12}$/);
  });

  it("refuses bad master keys", () => {
    expect(() => createVault({ masterKeys: [] })).toThrow(/at least one/);
    expect(() => createVault({ masterKeys: [{ id: "a", key: new Uint8Array(16) }] })).toThrow(/exactly 32/);
    expect(() => createVault({ masterKeys: [{ id: "a.b", key: key(1) }] })).toThrow(/id is/);
    const twice = [
      { id: "a", key: key(1) },
      { id: "a", key: key(2) },
    ];
    expect(() => createVault({ masterKeys: twice })).toThrow(/Two master keys/);
  });
});

describe("hashes and tokens", () => {
  it("match published vectors", () => {
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 4231, test case 2
    expect(hmacSign("Jefe", "what do ya want for nothing?")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  it("compares texts of any length", () => {
    expect(constantTimeEqual("same", "same")).toBe(true);
    expect(constantTimeEqual("same", "sane")).toBe(false);
    expect(constantTimeEqual("same", "same and more")).toBe(false);
    expect(constantTimeEqual("", "x")).toBe(false);
  });

  it("makes distinct URL-safe tokens of the asked size", () => {
    expect(new Set(Array.from({ length: 1000 }, () => randomToken(16))).size).toBe(1000);
    expect(randomToken(16)).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });
});

describe("master secret", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "master-secret-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("is made once, private, and then stays the same", async () => {
    const inside = join(directory, "new", "folder");
    const first = await loadOrCreateMasterSecret(inside);
    expect(first).toHaveLength(32);
    expect(await loadOrCreateMasterSecret(inside)).toEqual(first);
    expect((await stat(join(inside, "master-secret"))).mode & 0o777).toBe(0o600);
  });

  it("is the same for many that start at once, and leaves no other file", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateMasterSecret(directory)));
    expect(new Set(all.map((secret) => Buffer.from(secret).toString("hex"))).size).toBe(1);
    expect(await readdir(directory)).toEqual(["master-secret"]);
  });

  it("refuses a damaged file and leaves it alone; makes a loose one private", async () => {
    const path = join(directory, "master-secret");
    await writeFile(path, "abc");
    await expect(loadOrCreateMasterSecret(directory)).rejects.toThrow(/64 hex digits/);
    await writeFile(path, "ab".repeat(32), { mode: 0o644 });
    expect(await loadOrCreateMasterSecret(directory)).toEqual(key(0xab));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});
