import { MemoryFS } from "@electric-sql/pglite";

/** A file or a folder of a tar. */
interface Entry {
  path: string;
  isFolder: boolean;
  content: Uint8Array;
}

/** Where PGlite keeps its data, which is what a dump's names begin at. */
const dataDirectory = "/pglite/data";

/** The part of Emscripten's file system that is used here. */
interface WritableFileSystem {
  mkdirTree(path: string, mode: number): void;
  writeFile(path: string, content: Uint8Array, options: { canOwn: boolean }): void;
}

/** A file system in memory that begins with a dump's files, each copied once: PGlite's own reading takes five times as long. */
export class TemplateFileSystem extends MemoryFS {
  readonly #dump: Uint8Array;

  /** `dump` is a tar as `PGlite.dumpDataDir` writes it, uncompressed. */
  constructor(dump: Uint8Array) {
    super();
    this.#dump = dump;
  }

  override async init(...args: Parameters<MemoryFS["init"]>): ReturnType<MemoryFS["init"]> {
    const result = await super.init(...args);
    result.emscriptenOpts.preRun ??= [];
    result.emscriptenOpts.preRun.push(({ FS }: { FS: WritableFileSystem }) => this.#fill(FS));
    return result;
  }

  #fill(files: WritableFileSystem): void {
    files.mkdirTree(dataDirectory, 0o700);
    for (const { path, isFolder, content } of entriesOf(this.#dump)) {
      if (isFolder) files.mkdirTree(dataDirectory + path, 0o700);
      else files.writeFile(dataDirectory + path, content.slice(), { canOwn: true });
    }
  }
}

const block = 512;

/** What a tar holds, in its order. Only plain files and folders with short names: PostgreSQL has no others. */
function* entriesOf(tar: Uint8Array): Generator<Entry> {
  const text = (from: number, length: number) =>
    Buffer.from(tar.buffer, tar.byteOffset + from, length)
      .toString("latin1")
      .replace(/\0.*$/s, "");
  for (let at = 0; at + block <= tar.byteLength && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    const kind = text(at + 156, 1);
    const prefix = text(at + 345, 155);
    const name = text(at, 100);
    if (!["0", "5", ""].includes(kind) || Number.isNaN(size))
      throw new Error(`The dump has an odd entry: ${name}`);
    const from = at + block;
    const path = prefix ? `${prefix}/${name}` : name;
    yield { path, isFolder: kind === "5", content: tar.subarray(from, from + size) };
    at = from + Math.ceil(size / block) * block;
  }
}
