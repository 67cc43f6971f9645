import { open } from "node:fs/promises";
import { z } from "zod";

/** Bytes. A header names tensors; a larger one is no header. */
const longestHeader = 10_000_000;

const Tensor = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  /** First byte and the one after the last, counted from the header's end. */
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const Header = z
  .record(z.string(), z.unknown())
  .transform(({ __metadata__: _text, ...tensors }) => tensors)
  .pipe(z.record(z.string(), Tensor));

export interface TensorInfo {
  dtype: string;
  shape: number[];
  /** Bytes from the file's beginning. */
  start: number;
  end: number;
}

/**
 * The tensors that a file in the safetensors format holds, by name, without reading them. Format: eight bytes of
 * length, a JSON header, the tensors (https://huggingface.co/docs/safetensors). Throws an Error that says what is
 * wrong with the file.
 */
export async function readTensorInfos(path: string): Promise<Map<string, TensorInfo>> {
  const file = await open(path);
  try {
    const first = Buffer.alloc(8);
    const { bytesRead } = await file.read(first, 0, 8, 0);
    const length = bytesRead === 8 ? Number(first.readBigUInt64LE()) : 0;
    if (length < 2 || length > longestHeader)
      throw new Error(`${path} does not begin as a safetensors file.`);
    const header = Buffer.alloc(length);
    await file.read(header, 0, length, 8);
    const { size } = await file.stat();
    const tensors = Header.parse(JSON.parse(header.toString("utf8")));
    return new Map(
      Object.entries(tensors).map(
        ([
          name,
          {
            dtype,
            shape,
            data_offsets: [start, end],
          },
        ]) => {
          const info = { dtype, shape, start: 8 + length + start, end: 8 + length + end };
          if (info.end > size || info.start > info.end) throw new Error(`${path} is cut off in "${name}".`);
          return [name, info];
        },
      ),
    );
  } finally {
    await file.close();
  }
}

/** The numbers of a tensor, as they are kept. Throws for a kind that has no array here, such as BF16. */
export async function readTensor(path: string, info: TensorInfo): Promise<ArrayLike<number>> {
  const bytes = new Uint8Array(info.end - info.start);
  const file = await open(path);
  try {
    // a read takes at most 2 GiB
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(1 << 30, bytes.length - at), info.start + at);
      if (bytesRead === 0) throw new Error(`${path} became shorter while it was read.`);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
  switch (info.dtype) {
    case "F32":
      return new Float32Array(bytes.buffer);
    case "F16":
      return new Float16Array(bytes.buffer);
    case "F64":
      return new Float64Array(bytes.buffer);
    case "I8":
      return new Int8Array(bytes.buffer);
    case "I32":
      return new Int32Array(bytes.buffer);
    case "I64":
      return Float64Array.from(new BigInt64Array(bytes.buffer), Number);
    default:
      throw new Error(`${path} holds ${info.dtype} numbers. F64, F32, F16, I8, I32 and I64 can be read.`);
  }
}
