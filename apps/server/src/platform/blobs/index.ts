export { registerBlobRoutes } from "./blob-routes.ts";
export {
  assertSafeKey,
  type BlobStore,
  type Disposition,
  type DownloadLink,
  type DownloadRequest,
  type UploadLink,
  type UploadRequest,
} from "./blob-store.ts";
export { createDiskBlobStore, type DiskBlobStore, type DiskBlobStoreOptions } from "./disk-store.ts";
export { createS3BlobStore, type S3BlobStoreOptions } from "./s3-store.ts";
export type { BlobClaims } from "./signed-url.ts";
