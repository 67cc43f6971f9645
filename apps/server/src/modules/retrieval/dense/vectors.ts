/** The same direction with length 1; a vector of zeros stays as it is. Throws on numbers that are not finite. */
export function normalised(vector: readonly number[]): number[] {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (!Number.isFinite(squares)) throw new Error("The embedding model gave a number that is not finite.");
  if (squares === 0) return [...vector];
  const length = Math.sqrt(squares);
  return vector.map((value) => value / length);
}

export function isZero(vector: readonly number[]): boolean {
  return vector.every((value) => value === 0);
}

/** As pgvector reads it. Seven decimals of a vector of length 1 are more than 16-bit floats can hold. */
export function vectorText(vector: readonly number[]): string {
  return `[${vector.map((value) => Math.round(value * 1e7) / 1e7).join(",")}]`;
}
