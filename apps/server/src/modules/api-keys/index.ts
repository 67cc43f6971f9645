export { findApiCaller } from "./service/find-caller.ts";
export { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from "./service/manage-keys.ts";
export { revokeApiKeysOf } from "./service/revoke-keys-of.ts";
