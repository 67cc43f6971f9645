import type { MergeSnapshot, Profile } from "../customers.types.ts";

const scalars = ["name", "email", "phone", "company", "avatarUrl", "locale", "slaTier"] as const;
const lists = ["tags", "segments", "riskFlags"] as const;

/** What two profiles make together: the target's own stands first, the source's fills what is missing. */
export function foldProfiles(target: Profile, source: Profile): Profile {
  const folded = { ...target, metadata: { ...source.metadata, ...target.metadata } };
  for (const name of scalars) folded[name] = target[name] ?? source[name];
  for (const name of lists) folded[name] = [...new Set([...target[name], ...source[name]])];
  return folded;
}

/** The target's profile without what the merge brought. What somebody changed since is kept. */
export function afterUnfolding(present: Profile, { before, after }: MergeSnapshot): Profile {
  const parted: Profile = { ...present, metadata: { ...present.metadata } };
  for (const name of scalars) if (present[name] === after[name]) parted[name] = before[name];
  for (const name of lists) {
    const brought = new Set(after[name].filter((word) => !before[name].includes(word)));
    parted[name] = present[name].filter((word) => !brought.has(word));
  }
  for (const key of Object.keys(after.metadata)) {
    const isUntouched = JSON.stringify(present.metadata[key]) === JSON.stringify(after.metadata[key]);
    if (!(key in before.metadata) && isUntouched) delete parted.metadata[key];
  }
  return parted;
}
