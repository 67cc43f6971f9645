export { createAccessTokens, isAccessToken } from "./access-tokens.ts";
export { findBearer } from "./service/find-bearer.ts";
