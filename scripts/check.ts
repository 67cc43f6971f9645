export async function check(_args: string[]): Promise<number> {
  return 1;
}
export const test = check;
