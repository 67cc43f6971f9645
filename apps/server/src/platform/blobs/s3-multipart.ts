import { AppError } from "../errors/index.ts";

/** A signed request to the service. */
export type SendToS3 = (
  method: string,
  url: URL,
  body?: Uint8Array,
  headers?: Record<string, string>,
) => Promise<Response>;

/** Bytes of a part; S3 takes 10,000 of them, and none but the last below 5 MiB. */
const partSize = 8 * 1024 * 1024;

/**
 * Uploads a stream in parts, of which one is in memory at a time. The object appears when the last part is confirmed;
 * after a failure nothing of it stays. A stream of less than one part is one plain upload by `putWhole`.
 */
export async function uploadInParts(
  send: SendToS3,
  object: () => URL,
  source: AsyncIterable<Uint8Array>,
  { contentType, putWhole }: { contentType: string; putWhole: (bytes: Uint8Array) => Promise<void> },
): Promise<void> {
  const parts = inParts(source);
  const first = await parts.next();
  const second = first.done ? first : await parts.next();
  if (first.done || second.done) return putWhole(first.done ? new Uint8Array() : first.value);

  const started = await send("POST", withQuery(object(), { uploads: "" }), new Uint8Array(), {
    "content-type": contentType,
  });
  const uploadId = /<UploadId>([^<]+)<\/UploadId>/.exec(await bodyOf(started))?.[1];
  if (!uploadId) throw new AppError("UPSTREAM_FAILED", "The blob store began no upload.");
  try {
    const tags: string[] = [];
    const add = async (bytes: Uint8Array) => {
      const query = { partNumber: String(tags.length + 1), uploadId };
      const headers = { "content-type": contentType, "content-length": String(bytes.byteLength) };
      const response = await send("PUT", withQuery(object(), query), bytes, headers);
      await bodyOf(response);
      tags.push(response.headers.get("etag") ?? "");
    };
    await add(first.value);
    await add(second.value);
    for await (const part of parts) await add(part);
    const list = tags.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
    const xml = `<CompleteMultipartUpload>${list.join("")}</CompleteMultipartUpload>`;
    const done = await send("POST", withQuery(object(), { uploadId }), new TextEncoder().encode(xml), {
      "content-type": "application/xml",
    });
    // S3 may begin with 200 and fail afterwards, which it then says in the body
    if ((await bodyOf(done)).includes("<Error>")) {
      throw new AppError("UPSTREAM_FAILED", "The blob store did not put the upload together.");
    }
  } catch (error) {
    await send("DELETE", withQuery(object(), { uploadId }))
      .then(bodyOf)
      .catch(() => {});
    throw error;
  }
}

/** Every key that begins with the prefix, in pages of 1,000. */
export async function* listKeys(send: SendToS3, root: () => URL, prefix: string): AsyncGenerator<string> {
  let after: string | undefined;
  for (;;) {
    const query = { "list-type": "2", prefix, ...(after === undefined ? {} : { "start-after": after }) };
    const xml = await bodyOf(await send("GET", withQuery(root(), query)));
    // keys are letters, digits and ". _ - /": nothing of XML is in them
    const keys = [...xml.matchAll(/<Key>([^<]+)<\/Key>/g)].flatMap(([, key]) => key ?? []);
    yield* keys;
    after = keys.at(-1);
    if (after === undefined || !xml.includes("<IsTruncated>true</IsTruncated>")) return;
  }
}

async function* inParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    waiting.push(chunk);
    size += chunk.byteLength;
    if (size < partSize) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

function withQuery(url: URL, query: Record<string, string>): URL {
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

async function bodyOf(response: Response): Promise<string> {
  const text = await response.text();
  if (response.ok) return text;
  const message = `The blob store answered ${response.status}.`;
  throw new AppError("UPSTREAM_FAILED", message, { cause: new Error(text.slice(0, 500)) });
}
