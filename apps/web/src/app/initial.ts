/** The first letter of a name, whole even when it takes two code units. */
export function initialOf(name: string): string {
  return [...name.trim()][0]?.toLocaleUpperCase() ?? "?";
}
