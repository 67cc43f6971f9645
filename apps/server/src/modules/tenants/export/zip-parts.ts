import { Zip, ZipDeflate } from "fflate";

/** A file of an archive. */
export interface ZipEntry {
  path: string;
  chunks: AsyncIterable<Uint8Array>;
  /** Set before its chunks are read: the number of the archive that it goes into, from 1. */
  part?: number;
}

/** A ZIP without its 64-bit extension ends at 4 GB and 65,535 files: an archive is closed well before. */
export const usualLimits = { bytes: 2_000_000_000, files: 50_000 };

/**
 * Writes entries to as many ZIP archives as they need, each a stream that `write` takes to its end. One chunk of one
 * entry is in memory at a time. Gives how many archives there are, at least one.
 */
export async function writeZips(
  entries: AsyncIterable<ZipEntry>,
  write: (part: number, archive: AsyncIterable<Uint8Array>) => Promise<void>,
  { limits = usualLimits, at = new Date() }: { limits?: typeof usualLimits; at?: Date } = {},
): Promise<number> {
  const source = entries[Symbol.asyncIterator]();
  let next = await source.next();
  let part = 0;

  async function* archive(): AsyncGenerator<Uint8Array> {
    let waiting: Uint8Array[] = [];
    let failure: Error | null = null;
    const zip = new Zip((error, chunk) => {
      if (error) failure = error;
      else waiting.push(chunk);
    });
    let [bytes, files] = [0, 0];
    function* drain() {
      if (failure) throw failure;
      const ready = waiting;
      waiting = [];
      for (const chunk of ready) {
        bytes += chunk.byteLength;
        yield chunk;
      }
    }
    while (!next.done && bytes < limits.bytes && files < limits.files) {
      const entry = next.value;
      entry.part = part;
      const file = new ZipDeflate(entry.path, { level: 6 });
      file.mtime = at;
      zip.add(file);
      for await (const chunk of entry.chunks) {
        file.push(chunk);
        yield* drain();
      }
      file.push(new Uint8Array(), true);
      yield* drain();
      files++;
      next = await source.next();
    }
    zip.end();
    yield* drain();
  }

  do {
    part++;
    await write(part, archive());
  } while (!next.done);
  return part;
}
