import { expect, test } from "vitest";
import { type Command, matching } from "./matches.ts";

const commands: Command[] = ["Réglages du compte", "Boîte de réception", "Language: العربية"].map(
  (label) => ({
    id: label,
    group: "go",
    label,
    run: () => {},
  }),
);
const found = (query: string) => matching(commands, query).map((command) => command.label);

test.each([
  ["", 3],
  ["reg", 1],
  ["compte regl", 1],
  ["glages", 0],
  ["العرب", 1],
  ["BOITE", 1],
])("%j finds %d", (query, count) => {
  expect(found(query)).toHaveLength(count);
});
