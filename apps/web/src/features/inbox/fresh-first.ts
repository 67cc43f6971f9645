/** Keeps the order, but puts the fresh ones in front. */
export function freshFirst<Item extends { id: string }>(
  items: readonly Item[],
  fresh: ReadonlySet<string>,
): Item[] {
  return [...items.filter((item) => fresh.has(item.id)), ...items.filter((item) => !fresh.has(item.id))];
}
