import type { Site } from "./switch.ts";

/**
 * Checks that make no difference to anything that can be observed, each with the reason. They count for nothing. Few,
 * and true: whoever adds one says why nobody could ever notice.
 */
const equivalents: { file: string; code: string; reason: string }[] = [
  {
    file: "apps/server/src/modules/crag/service/evaluate.ts",
    code: "await assertKnowledgeBase(ctx, { knowledgeBaseId });",
    reason:
      "the id was read from a row of this tenant in the same call (placeOf); this asks only whether it was deleted while the search ran, and a composite foreign key refuses any other tenant's",
  },
];

export const isEquivalent = ({ at, code }: Site) =>
  equivalents.some((one) => at.startsWith(`${one.file}:`) && code.startsWith(one.code));
