import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

type Stored = { bytes: Buffer; type: string | undefined };
type Credentials = { accessKeyId: string; secretAccessKey: string; region: string };

/**
 * A small S3 for tests: one bucket by path (`/bucket/key`), PUT, GET, HEAD and DELETE. It recomputes every
 * Signature Version 4 from what came over the wire, by the AWS manual and without the client's library, and
 * refuses what is not signed, altered, expired or of another hash.
 */
export async function startFakeS3(bucket: string, credentials: Credentials) {
  const objects = new Map<string, Stored>();
  const uploads = multipartUploads(objects);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const [path = "", search = ""] = (request.url ?? "").split("?");
    const refusal = refuse(request, path, search, body, credentials);
    if (refusal) return void response.writeHead(403).end(`<Error><Code>${refusal}</Code></Error>`);
    if (!path.startsWith(`/${bucket}`))
      return void response.writeHead(404).end("<Error>NoSuchBucket</Error>");

    const key = path.slice(bucket.length + 2);
    const query = new URLSearchParams(search);
    if (request.method === "POST") {
      return void response.writeHead(200).end(uploads.answer(key, query, request.headers, body));
    }
    const uploadId = query.get("uploadId");
    if (request.method === "PUT" && uploadId) {
      const etag = uploads.add(uploadId, Number(query.get("partNumber")), body);
      return void response.writeHead(200, { etag }).end();
    }
    if (request.method === "DELETE" && uploadId) {
      uploads.open.delete(uploadId);
      return void response.writeHead(204).end();
    }
    if (request.method === "GET" && query.get("list-type") === "2") {
      return void response.writeHead(200).end(listing(objects, query));
    }
    if (request.method === "PUT") {
      if (request.headers["content-length"] === undefined) return void response.writeHead(411).end();
      objects.set(key, { bytes: body, type: request.headers["content-type"] });
      return void response.writeHead(200).end();
    }
    if (request.method === "DELETE") {
      objects.delete(key);
      return void response.writeHead(204).end();
    }
    const found = key === "" ? { bytes: Buffer.alloc(0), type: "application/xml" } : objects.get(key);
    if (!found) return void response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
    const disposition = new URLSearchParams(search).get("response-content-disposition");
    response.writeHead(200, {
      "content-length": found.bytes.length,
      ...(found.type ? { "content-type": found.type } : {}),
      ...(disposition ? { "content-disposition": disposition } : {}),
    });
    response.end(request.method === "HEAD" ? undefined : found.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake S3 has no port.");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    objects,
    /** Uploads in parts that were neither put together nor given up. */
    openUploads: uploads.open,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Upload = { type: string | undefined; parts: Map<number, Buffer> };

/** Uploads in parts: begun and put together by POST. */
function multipartUploads(objects: Map<string, Stored>) {
  const open = new Map<string, Upload>();
  return {
    open,
    add(id: string, part: number, bytes: Buffer): string {
      open.get(id)?.parts.set(part, bytes);
      return `"${sha256(bytes).slice(0, 32)}"`;
    },
    answer(key: string, query: URLSearchParams, headers: IncomingMessage["headers"], body: Buffer): string {
      if (query.has("uploads")) {
        const id = `upload-${open.size + 1}`;
        open.set(id, { type: headers["content-type"], parts: new Map() });
        return `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`;
      }
      const upload = open.get(query.get("uploadId") ?? "");
      const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>("\w+")<\/ETag>/g)];
      const parts = named.map(([, n, tag]) => {
        const bytes = upload?.parts.get(Number(n));
        return bytes && tag === `"${sha256(bytes).slice(0, 32)}"` ? bytes : null;
      });
      const small = parts.slice(0, -1).some((part) => part && part.byteLength < 5 * 1024 * 1024);
      if (!upload || parts.length === 0 || small || parts.includes(null)) return "<Error>InvalidPart</Error>";
      objects.set(key, { bytes: Buffer.concat(parts.filter((part) => part !== null)), type: upload.type });
      open.delete(query.get("uploadId") ?? "");
      return "<CompleteMultipartUploadResult/>";
    },
  };
}

/** ListObjectsV2, in pages of two, so that tests turn one. */
function listing(objects: Map<string, Stored>, query: URLSearchParams): string {
  const [prefix, after] = [query.get("prefix") ?? "", query.get("start-after") ?? ""];
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, 2).map((key) => `<Contents><Key>${key}</Key></Contents>`);
  return `<ListBucketResult>${page.join("")}<IsTruncated>${keys.length > 2}</IsTruncated></ListBucketResult>`;
}

/** Why S3 would refuse the request, or null. */
function refuse(
  request: IncomingMessage,
  path: string,
  search: string,
  body: Buffer,
  { accessKeyId, secretAccessKey, region }: Credentials,
): string | null {
  const query = search.split("&").filter(Boolean);
  const value = (name: string) => {
    const pair = query.find((part) => part.startsWith(`${name}=`));
    return pair && decodeURIComponent(pair.slice(name.length + 1));
  };
  const byHeader = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? "",
  );
  const credential = byHeader?.[1] ?? value("X-Amz-Credential");
  const signedHeaders = byHeader?.[2] ?? value("X-Amz-SignedHeaders");
  const given = byHeader?.[3] ?? value("X-Amz-Signature");
  const date = byHeader ? String(request.headers["x-amz-date"]) : value("X-Amz-Date");
  if (!credential || !signedHeaders || !given || !date) return "AccessDenied";

  const signedAt = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const lifeSeconds = byHeader ? 900 : Number(value("X-Amz-Expires"));
  if (!(Date.now() < signedAt + lifeSeconds * 1000)) return "AccessDenied: expired";

  const names = signedHeaders.split(";");
  if (request.method === "PUT" && !(names.includes("content-type") && names.includes("content-length"))) {
    return "test: type and length must be signed";
  }
  const hash = byHeader ? String(request.headers["x-amz-content-sha256"]) : "UNSIGNED-PAYLOAD";
  if (byHeader && hash !== sha256(body)) return "XAmzContentSHA256Mismatch";

  const day = date.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  if (credential !== `${accessKeyId}/${scope}`) return "InvalidAccessKeyId";
  const canonical = [
    request.method,
    path,
    query
      .filter((part) => !part.startsWith("X-Amz-Signature="))
      .sort()
      .join("&"),
    ...names.map((name) => `${name}:${String(request.headers[name] ?? "").trim()}`),
    "",
    signedHeaders,
    hash,
  ].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretAccessKey}`,
  );
  const expected = hmac(key, ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n")).toString("hex");
  return expected === given ? null : "SignatureDoesNotMatch";
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
