/**
 * Everything that counts as a security event, and how much it matters: `info` is the usual course of things,
 * `warning` somebody should look at, of `critical` the owners and admins are told by mail (modules/security). A new
 * kind needs its words in the console (features/settings/security) and a test that it is recorded.
 */
const severities = {
  signed_in: "info",
  sign_in_failed: "warning",
  locked_out: "critical",
  new_device: "warning",
  password_changed: "warning",
  password_reset: "warning",
  mfa_enabled: "info",
  mfa_disabled: "warning",
  mfa_failed: "warning",
  backup_code_used: "warning",
  passkey_added: "info",
  passkey_removed: "warning",
  device_trusted: "info",
  device_revoked: "info",
  session_revoked: "info",
  refresh_token_reused: "critical",
  api_key_new_place: "warning",
  sso_changed: "critical",
  role_changed: "warning",
  member_invited: "info",
  member_removed: "warning",
  tenant_suspended: "critical",
  tenant_exported: "critical",
  tenant_deletion: "critical",
} as const satisfies Record<string, SecuritySeverity>;

export type SecuritySeverity = "info" | "warning" | "critical";
export const securitySeverities = ["info", "warning", "critical"] as const satisfies SecuritySeverity[];

export type SecurityEventKind = keyof typeof severities;
export const securityEventKinds = Object.keys(severities).filter(isSecurityEventKind);

export function isSecurityEventKind(text: string): text is SecurityEventKind {
  return Object.hasOwn(severities, text);
}

export function severityOf(kind: SecurityEventKind): SecuritySeverity {
  return severities[kind];
}

/** The kinds of a severity. */
export function kindsOf(severity: SecuritySeverity): SecurityEventKind[] {
  return securityEventKinds.filter((kind) => severityOf(kind) === severity);
}
