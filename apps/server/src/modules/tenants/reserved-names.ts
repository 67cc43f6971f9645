/** Names in addresses that an installation may want for itself, or by which a tenant could pass for it. */
export const reservedNames: ReadonlySet<string> = new Set(
  `about abuse account accounts admin administrator api app apps assets auth autoconfig autodiscover billing blog cdn
  chat console contact dashboard demo dev dns docs download email example files forum ftp help helpdesk host hostmaster
  http https images imap info internal invite legal localhost login logout mail mailer metrics noc null oauth openai ops
  parlance pop pop3 portal postmaster privacy public register root sandbox saml scim security server settings signin
  signup smtp sso staff staging static stats status store support system team terms test token trpc undefined update
  upload webhook webhooks webmaster widget widgets www`
    .split(/\s+/)
    .filter(Boolean),
);
