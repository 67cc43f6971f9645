/** An amount as people type it, with a point or a comma; null: not one between nothing and `most`. */
export function parseAmount(text: string, most: number, decimals: number): number | null {
  const plain = text.trim().replace(",", ".");
  if (!new RegExp(`^\\d{1,7}(?:\\.\\d{1,${decimals}})?$`).test(plain)) return null;
  const amount = Number(plain);
  return amount <= most ? amount : null;
}
