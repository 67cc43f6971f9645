/** One thing that the palette can do. */
export interface Command {
  id: string;
  group: string;
  label: string;
  /** Words that also find it but are not shown. */
  also?: string;
  run: () => void;
}

/** Lower case, without accents, so that "reglages" finds "Réglages". */
function folded(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
}

/** Commands of which every typed word begins a word, in their own order. */
export function matching(commands: readonly Command[], query: string): Command[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const candidates = folded(`${command.label} ${command.also ?? ""}`).split(/[\s:·@.]+/);
    return words.every((word) => candidates.some((candidate) => candidate.startsWith(word)));
  });
}
