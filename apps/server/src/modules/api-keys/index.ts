export { type ApiCaller, findApiCaller } from "./service/find-caller.ts";
export { type KeyStanding, lookAgainAtKeys } from "./service/look-again.ts";
export { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from "./service/manage-keys.ts";
export { revokeApiKeysOf } from "./service/revoke-keys-of.ts";
