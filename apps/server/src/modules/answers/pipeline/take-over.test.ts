import { describe, expect, test } from "vitest";
import { asTakenOver, firstSearch, within } from "./take-over.ts";
import { passage } from "./testing/passage.ts";
import { understand } from "./understand.ts";

const carried = (name: string, turn: number, before: string[] = []) => ({
  name,
  turn,
  before,
  terms: [],
  share: 0.8,
});
const found = (documentName: string, was: ReturnType<typeof carried> | null) => ({
  passages: [passage({ text: "Dogs are welcome.", documentName })],
  carried: was,
});

describe("a question that leaves open what it is about", () => {
  const message = "perfect, do they take dogs as well?";
  const understood = understand(message, ["what is the address of the Grant Inn?"]);

  test("takes over the name that the best passage bears", () => {
    expect(asTakenOver(message, understood, found("Grant Inn.md", carried("Grant Inn.md", 2)))).toEqual({
      question: `${message}\nGrant Inn`,
      ofName: message,
      carried: { name: "Grant Inn.md", messagesAgo: 2, share: 0.8 },
    });
  });

  test.each([
    ["another one is the best", found("Dogs.md", carried("Grant Inn.md", 2))],
    ["nothing was named", found("Dogs.md", null)],
    ["it names it itself", found("Grant Inn.md", carried("Grant Inn.md", 0))],
    ["nothing was found", { passages: [], carried: carried("Grant Inn.md", 2) }],
  ])("stays as it is where %s", (_, result) => {
    expect(asTakenOver(message, understood, result)).toMatchObject({ question: message, carried: null });
  });
});

test("is quoted from the passages that bear the name, for its own words", () => {
  const passages = ["Grant Inn.md", "Dogs.md"].map((documentName) => passage({ text: "Yes.", documentName }));
  const asked = {
    question: "dogs?\nGrant Inn",
    ofName: "dogs?",
    carried: { name: "Grant Inn.md", messagesAgo: 1, share: 1 },
  };
  expect(within(asked, passages)).toEqual({ question: "dogs?", passages: passages.slice(0, 1) });
  expect(within({ ...asked, carried: null }, passages)).toEqual({ question: asked.question, passages });
});

describe("a follow-up that says it", () => {
  const message = "is it free?";
  const understood = understand(message, ["How long do refunds take?"]);

  test("is searched for by itself, and read with the name", () => {
    expect(firstSearch(message, understood)).toBe(message);
    expect(asTakenOver(message, understood, found("Wi-Fi.md", carried("Wi-Fi.md", 1)))?.question).toBe(
      "is it free?\nWi-Fi",
    );
  });

  test("is to be read with the question before it where nothing was named", () => {
    expect(asTakenOver(message, understood, found("Refunds.md", null))).toBeNull();
  });
});

describe("a follow-up that goes on", () => {
  const message = "what about the Grant Inn?";
  const understood = understand(message, ["Is parking free at the Park Lodge?"]);

  test("is searched for with the question before it, its own words twice", () => {
    expect(firstSearch(message, understood)).toBe(
      `${message}\n${message}\nIs parking free at the Park Lodge?`,
    );
  });

  test("asks the same about what it names, and no more about the other", () => {
    const result = found("Grant Inn.md", carried("Grant Inn.md", 0, ["Park Lodge.md", "Pets"]));
    expect(asTakenOver(message, understood, result)?.question).toBe(`${message}\nIs parking free at the ?`);
  });

  test("takes over what it does not name", () => {
    const question = "and breakfast?";
    const result = found("Park Lodge.md", carried("Park Lodge.md", 2));
    expect(asTakenOver(question, understand(question, ["Is parking free?"]), result)?.question).toBe(
      "and breakfast?\nIs parking free?\nPark Lodge",
    );
  });
});
