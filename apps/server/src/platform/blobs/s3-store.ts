import { AwsV4Signer } from "aws4fetch";
import { sha256Hex } from "../crypto/index.ts";
import { AppError, notFound } from "../errors/index.ts";
import { assertContentType, assertSafeKey, assertSize, type BlobStore, expiryOf } from "./blob-store.ts";
import { contentDisposition, percentEncode, safeDisposition } from "./content-disposition.ts";
import { listKeys, uploadInParts } from "./s3-multipart.ts";

export type S3BlobStoreOptions = {
  /** The service's address, without the bucket: "https://s3.eu-west-3.amazonaws.com". */
  endpoint: string;
  bucket: string;
  /** "auto" for R2. */
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`; MinIO needs it. */
  forcePathStyle: boolean;
  fetch: typeof globalThis.fetch;
};

/** Blobs in a bucket of S3, R2 or another service that speaks its protocol (Signature Version 4). */
export function createS3BlobStore(options: S3BlobStoreOptions): BlobStore {
  const { accessKeyId, secretAccessKey, region, fetch } = options;
  const root = bucketUrl(options);
  const signer = (init: {
    method: string;
    url: URL;
    headers?: Record<string, string>;
    signQuery?: boolean;
  }) =>
    new AwsV4Signer({
      ...init,
      url: init.url.href,
      accessKeyId,
      secretAccessKey,
      region,
      service: "s3",
      allHeaders: true,
    });

  const send = async (method: string, url: URL, body?: Uint8Array, headers: Record<string, string> = {}) => {
    const hash = sha256Hex(body ?? "");
    const signed = await signer({
      method,
      url,
      headers: { ...headers, "x-amz-content-sha256": hash },
    }).sign();
    const init = { method, headers: signed.headers, redirect: "error" } as const;
    return fetch(signed.url, body ? { ...init, body: new Uint8Array(body) } : init);
  };

  const head: BlobStore["head"] = async (key) => {
    const response = await send("HEAD", objectUrl(root, key));
    if (response.status === 404) return null;
    await expectOk("HEAD", response);
    return {
      size: Number(response.headers.get("content-length")),
      contentType: response.headers.get("content-type"),
    };
  };

  const presign = async (
    method: string,
    url: URL,
    expiresInSeconds: number,
    headers?: Record<string, string>,
  ) => {
    const expiresAt = expiryOf(expiresInSeconds, Date.now());
    url.searchParams.set("X-Amz-Expires", String(expiresInSeconds));
    const signed = await signer({ method, url, signQuery: true, ...(headers ? { headers } : {}) }).sign();
    // Written just as it was signed: URL would write " " as "+" and leave "*", which some servers read otherwise.
    const query = [...signed.url.searchParams].map((pair) => pair.map(percentEncode).join("="));
    signed.url.search = query.join("&");
    return { url: signed.url.href, expiresAt };
  };

  const put: BlobStore["put"] = async (key, bytes, { contentType }) => {
    assertContentType(contentType);
    const headers = { "content-type": contentType, "content-length": String(bytes.byteLength) };
    await expectOk("PUT", await send("PUT", objectUrl(root, key), bytes, headers));
  };

  return {
    head,
    put,
    async putStream(key, source, { contentType }) {
      assertSafeKey(key);
      assertContentType(contentType);
      const putWhole = (bytes: Uint8Array) => put(key, bytes, { contentType });
      await uploadInParts(send, () => objectUrl(root, key), source, { contentType, putWhole });
    },
    list(folder) {
      assertSafeKey(folder);
      return listKeys(send, () => new URL(root), `${folder}/`);
    },
    async get(key) {
      const response = await send("GET", objectUrl(root, key));
      if (response.status === 404) {
        await response.body?.cancel();
        throw notFound("The file");
      }
      await expectOk("GET", response, "keep the body");
      return new Uint8Array(await response.arrayBuffer());
    },
    async delete(key) {
      const response = await send("DELETE", objectUrl(root, key));
      if (response.status === 404) await response.body?.cancel();
      else await expectOk("DELETE", response);
    },
    async presignUpload({ key, contentType, size, expiresInSeconds }) {
      const url = objectUrl(root, key);
      assertContentType(contentType);
      assertSize(size);
      const headers = { "content-type": contentType, "content-length": String(size) };
      const link = await presign("PUT", url, expiresInSeconds, headers);
      // The browser sets Content-Length by itself and lets nobody else do so; the signature binds it.
      return { ...link, method: "PUT", headers: { "content-type": contentType } };
    },
    async presignDownload({ key, fileName, disposition = "attachment", expiresInSeconds }) {
      const url = objectUrl(root, key);
      // S3 answers as the link says, whatever the type: so the type is looked up before showing it is signed.
      const type = disposition === "inline" ? ((await head(key))?.contentType ?? null) : null;
      const name = fileName ?? key.slice(key.lastIndexOf("/") + 1);
      const header = contentDisposition(safeDisposition(disposition, type), name);
      url.searchParams.set("response-content-disposition", header);
      return presign("GET", url, expiresInSeconds);
    },
    async check() {
      await expectOk("HEAD", await send("HEAD", root));
    },
  };
}

function bucketUrl({ endpoint, bucket, forcePathStyle }: S3BlobStoreOptions): URL {
  const url = new URL(endpoint);
  if (forcePathStyle) url.pathname = `${url.pathname.replace(/\/+$/, "")}/${bucket}`;
  else url.hostname = `${bucket}.${url.hostname}`;
  return url;
}

function objectUrl(root: URL, key: string): URL {
  assertSafeKey(key);
  const url = new URL(root);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${key}`;
  return url;
}

/** Lets a success pass, its body dropped unless it is wanted. The service's own words go to the log only. */
async function expectOk(method: string, response: Response, body?: "keep the body"): Promise<void> {
  if (response.ok) {
    if (!body) await response.body?.cancel();
    return;
  }
  const words = (await response.text().catch(() => "")).slice(0, 500);
  const message = `The blob store answered ${response.status} to ${method}.`;
  throw new AppError("UPSTREAM_FAILED", message, { cause: new Error(words) });
}
