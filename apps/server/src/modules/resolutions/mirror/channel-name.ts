import { randomAlphanumeric } from "../../../platform/crypto/index.ts";

const mostLetters = 80;

/** A swarm's name as Slack takes one: `incident-20260115-auth`. Lower case, letters of a to z, digits, - and _. */
export function channelName(swarm: { id: string; name: string }): string {
  const plain = swarm.name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9_]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, mostLetters)
    .replace(/-+$/, "");
  // of a name in other letters nothing may be left
  return /[a-z0-9]/.test(plain) ? plain : `swarm-${swarm.id.slice(-12)}`;
}

/** What to ask for where that name is taken: `…-2` to `…-5`, then one by chance; null where that is taken too. */
export function nextName(swarm: { id: string; name: string }, taken: string): string | null {
  const base = channelName(swarm);
  const withSuffix = (suffix: string) => base.slice(0, mostLetters - suffix.length) + suffix;
  const names = [base, ...[2, 3, 4, 5].map((number) => withSuffix(`-${number}`))];
  const at = names.indexOf(taken);
  if (at < 0) return null;
  return names[at + 1] ?? withSuffix(`-${randomAlphanumeric(8).toLowerCase()}`);
}
