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

/** What to ask for where that name is taken: `…-2`, then `…-3`; null after thirty. */
export function nextName(base: string, taken: string): string | null {
  const number = taken === base ? 1 : Number(/-(\d+)$/.exec(taken)?.[1] ?? 1);
  if (number >= 30) return null;
  const suffix = `-${number + 1}`;
  return base.slice(0, mostLetters - suffix.length) + suffix;
}
