/**
 * What an export leaves out, by table: keys, hashes of keys, and what is sealed under the server's own secret, which
 * would open nothing elsewhere. Everything else of a tenant's is in it. A test compares this list with the columns
 * that there are.
 */
export const secretColumns: Readonly<Record<string, readonly string[]>> = {
  api_keys: ["secret_hash", "previous_secret_hash"],
  communication_connections: ["sealed_credentials"],
  communication_messages: ["sealed"],
  customer_codes: ["sealed_hash"],
  identity_secrets: ["sealed_secret", "sealed_previous"],
  invitations: ["token_hash"],
  log_heads: ["sealed_head"],
  mails: ["sealed"],
  model_connections: ["sealed_key"],
  sso_attempts: ["browser_hash", "sealed", "ticket_hash"],
  sso_connections: ["sealed_secret", "domain_token"],
  survey_invitations: ["token_hash"],
};

/** What a column's name shows that holds a secret. */
export const secretLooking =
  /secret|sealed|hash|token|password|passwd|credential|private|cipher|otp|backup|key$/i;
