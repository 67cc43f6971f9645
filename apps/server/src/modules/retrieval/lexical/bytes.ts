/** Appends to a buffer that grows as needed. */
export class ByteWriter {
  private buffer: Buffer;
  private length = 0;

  constructor(capacity = 1024) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  /** A whole number from 0 to 2^32 - 1, in 1 to 5 bytes: seven bits each, low bits first. */
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest >= 128) {
      this.buffer[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.buffer[this.length++] = rest;
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written so far; valid until the next write. */
  written(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + more));
    larger.set(this.written());
    this.buffer = larger;
  }
}

/** Reads what `ByteWriter` wrote. Throws on bytes that end too early. */
export class ByteReader {
  private readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error("A row of the search index ends too early.");
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  }
}
