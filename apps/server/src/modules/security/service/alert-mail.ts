import type { SecurityEventKind, SecurityEventShown } from "../../identity/index.ts";

interface Words {
  subject: string;
  happened: string;
  todo: string;
}

/** What the critical kinds mean. One without words of its own is told of in general ones. */
const words: Partial<Record<SecurityEventKind, Words>> = {
  locked_out: {
    subject: "An account was locked after wrong passwords",
    happened:
      "Somebody tried wrong passwords for an account of your workspace until it was locked for a while.",
    todo: "Ask the person whether it was them. If not, have them choose a new password and turn on a second factor.",
  },
  refresh_token_reused: {
    subject: "A used token was shown again",
    happened:
      "A refresh token that had been exchanged already was shown once more: two have it who should be one.",
    todo: "All tokens of that sign-in were ended. Sign in again with the program, and find out where it keeps its tokens.",
  },
  sso_changed: {
    subject: "Single sign-on was changed",
    happened: "The settings by which members sign in through your identity provider were changed.",
    todo: "If none of you did it, look at Settings, Sign-in at once and undo it.",
  },
  tenant_suspended: {
    subject: "Your workspace was suspended",
    happened: "An administrator of this installation suspended your workspace, or let it go on.",
    todo: "Ask whoever runs this installation.",
  },
  tenant_exported: {
    subject: "All of your workspace was exported",
    happened: "Somebody asked for a copy of everything in your workspace.",
    todo: "If none of you did it, end that person's sessions and take their right away.",
  },
  tenant_deletion: {
    subject: "Your workspace is to be deleted",
    happened: "The deletion of your workspace was asked for, or what stands before it changed.",
    todo: "If none of you wants it, cancel it in Settings, Workspace before the grace period ends.",
  },
};

const others: Words = {
  subject: "Something critical happened in your workspace",
  happened: "Something happened in your workspace that you should look at.",
  todo: "Read what it was.",
};

/** The mail about an event: what happened, where, and what to do. */
export function alertMail(event: SecurityEventShown, publicUrl: string): { subject: string; text: string } {
  const { subject, happened, todo } = words[event.kind] ?? others;
  const facts = [
    `Time: ${event.createdAt.toUTCString()}`,
    ...(event.user?.name ? [`Person: ${event.user.name}`] : []),
    ...(event.ipAddress ? [`Address: ${event.ipAddress}`] : []),
  ];
  return {
    subject,
    text: [
      happened,
      facts.join("\n"),
      todo,
      `All security events: ${publicUrl}/settings?tab=security`,
      "You get this mail because you look after the workspace, at most once an hour for each kind of event.",
    ].join("\n\n"),
  };
}
