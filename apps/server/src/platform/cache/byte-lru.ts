/** A map of bounded size in bytes that forgets what was not used for longest. */
export class ByteLru<Value> {
  private readonly entries = new Map<string, { value: Value; bytes: number }>();
  private readonly limit: number;
  private bytes = 0;

  /** `limit` in bytes. A value larger than that is kept only until the next one comes. */
  constructor(limit: number) {
    this.limit = limit;
  }

  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key); // a Map keeps the order of insertion: the last is the one used last
    this.entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, bytes: number): void {
    this.bytes += bytes - (this.entries.get(key)?.bytes ?? 0);
    this.entries.delete(key);
    this.entries.set(key, { value, bytes });
    for (const [oldest, entry] of this.entries) {
      if (this.bytes <= this.limit || oldest === key) break;
      this.entries.delete(oldest);
      this.bytes -= entry.bytes;
    }
  }

  get size(): number {
    return this.entries.size;
  }
}
