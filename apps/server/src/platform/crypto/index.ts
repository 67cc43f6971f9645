export { constantTimeEqual, hmacSign, randomAlphanumeric, randomToken, sha256Hex } from "./hash.ts";
export { loadOrCreateMasterSecret } from "./master-secret.ts";
export { createVault, type MasterKey, namedMasterKey, type Vault } from "./vault.ts";
