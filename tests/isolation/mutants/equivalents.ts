import type { Site } from "./switch.ts";

/**
 * Checks that make no difference to anything that can be observed, each with the reason. They count for nothing. Few,
 * and true: whoever adds one says why nobody could ever notice.
 */
const equivalents: { file: string; code: string; reason: string }[] = [];

export const isEquivalent = ({ at, code }: Site) =>
  equivalents.some((one) => at.startsWith(`${one.file}:`) && code.startsWith(one.code));
