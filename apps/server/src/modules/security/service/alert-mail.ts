import type { SecurityEventShown } from "../../identity/index.ts";
import { alertWords } from "../security.strings.ts";

const inFull = { dateStyle: "long", timeStyle: "long", timeZone: "UTC" } as const;

/** The mail about an event: what happened, where, and what to do. */
export function alertMail(
  event: SecurityEventShown,
  { language, publicUrl }: { language: keyof typeof alertWords; publicUrl: string },
): { subject: string; text: string } {
  const { kinds, others, ...words } = alertWords[language];
  const { subject, happened, todo } = kinds[event.kind] ?? others;
  const facts = [
    `${words.time}: ${event.createdAt.toLocaleString(language, inFull)}`,
    ...(event.user?.name ? [`${words.person}: ${event.user.name}`] : []),
    ...(event.ipAddress ? [`${words.address}: ${event.ipAddress}`] : []),
  ];
  return {
    subject,
    text: [
      happened,
      facts.join("\n"),
      todo,
      `${words.all}: ${publicUrl}/settings?tab=security`,
      words.why,
    ].join("\n\n"),
  };
}
