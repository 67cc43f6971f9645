/** Operations that leave nothing in the audit log, each with the reason. */
export const nothingToAudit: Readonly<Record<string, string>> = {
  "auth.login": "a sign-in is a security event: signed_in",
  "POST /v1/auth/login": "a sign-in is a security event: signed_in",
  "POST /api/auth/login": "a sign-in is a security event: signed_in",
  "passkeys.finishSignIn": "a sign-in is a security event: signed_in",
  "auth.startSocial":
    "gives an address to go to; nothing is changed before the provider sends the browser back",
  "auth.ssoStart": "gives an address to go to; nothing is changed before the provider sends the browser back",
  "auth.requestPasswordReset":
    "answers alike whoever is asked about; the mail that goes out writes user.mailed",
  "passkeys.startSignIn": "gives a challenge for the browser to sign",
  "passkeys.startRegistration": "gives a challenge for the browser to sign",
  "POST /v1/auth/refresh": "goes on with a sign-in; one that was shown twice is a security event",
  "botDocument.getUploadPresignedUrl": "gives a link; the document is added by confirmUpload",
  "enterpriseSecurity.testSsoConfig": "asks the provider and keeps nothing",
  "qualityAssurance.check": "judges a text and keeps nothing",
  "assist.classify": "judges a text and keeps nothing",
  "assist.translate": "translates a text and keeps nothing",
  "POST /v1/ai/classify": "judges a text and keeps nothing",
  "POST /v1/ai/suggest-response": "drafts a reply and keeps nothing",
  "chat.sendMessage": "a message is its own record: who wrote it and when, never changed",
  "POST /v1/conversations/{conversationId}/messages":
    "a message is its own record: who wrote it and when, never changed",
  "conversations.attach": "gives a link; the file is its message's, once that is sent",
  "conversations.typing": "told to whoever looks at the moment and kept nowhere",
  "POST /api/chat/{sessionId}/typing": "told to whoever looks at the moment and kept nowhere",
  "POST /api/chat/{sessionId}/read": "a mark of how far the visitor has read, which the next one overwrites",
  "conversations.markRead": "a mark of how far somebody has read, which the next one overwrites",
  "sessions.create": "a conversation is its own record: who opened it and when",
  "POST /api/{tenant_id}/session": "a conversation is its own record: who opened it and when",
  "conversations.reply": "a message is its own record: who wrote it and when, never changed",
  "conversations.addNote": "a note is a message: its own record",
  "qa.ask": "a message is its own record: who wrote it and when, never changed",
  "POST /api/chat/{sessionId}/attachments":
    "belongs to nothing until a message takes it; who brought it stands with it",
  "POST /api/chat": "a message is its own record: who wrote it and when, never changed",
  "POST /openai/v1/chat/completions": "a message is its own record: who wrote it and when, never changed",
  "POST /api/widget/{widgetId}/session": "a visitor opens a page: their conversation is its own record",
};

/** Operations whose entry has no before and after, each with the reason. */
export const nothingChanges: Readonly<Record<string, string>> = {
  "auth.switchTenant": "the session goes on in the workspace whose log this is",
  "crag.refineQuery": "asks what a search would look for; the entry says that it was asked",
  "problems.recluster": "begins work whose outcome is shown when it is done",
  "auth.logout": "what is gone is the session that the entry names",
  "POST /v1/auth/logout": "what is gone is the session that the entry names",
  "user.changePassword": "both are secrets",
  "PATCH /v1/users/{id}/password": "both are secrets",
  "mfa.setup": "what is made is a secret, which counts once it was confirmed",
  "mfa.regenerateBackupCodes": "both are secrets",
};

const inModules = (path: string) => `apps/server/src/modules/${path}.api.test.ts`;
const runs = inModules("evaluations/runs");

/** Operations that take too much to be called here: which test sees their entry, and the entry's action. */
export const provenElsewhere: Readonly<Record<string, readonly [file: string, action: string]>> = {
  "auth.acceptInvitation": [inModules("members/invitations"), "invitation.accepted"],
  "enterpriseSecurity.verifySsoDomain": [inModules("sso/sso-config"), "sso.domain_verified"],
  "knowledge.cancelEmbedding": [inModules("bots/embedding"), "embedding.cancelled"],
  "problemArticles.draft": [inModules("problems/articles"), "problem-article.drafted"],
  "communication.connect": [inModules("communication/communication"), "communication.connected"],
  "communication.send": [inModules("communication/communication"), "communication.sent"],
  "communication.disconnect": [inModules("communication/communication"), "communication.disconnected"],
  "swarms.mirror": [inModules("resolutions/mirror"), "swarm.mirror_asked"],
  "POST /v1/webhooks/twilio/{reference}": [
    inModules("communication/communication"),
    "communication.messageFailed",
  ],
  "POST /v1/webhooks/slack/events": [inModules("resolutions/slack-events"), "swarm.message_received"],
  "verification.send": [inModules("customer-care/identities"), "verification.sent"],
  "verification.check": [inModules("customer-care/identities"), "verification.passed"],
  "POST /api/widget/identity": [inModules("customer-care/identities"), "customer.merged"],
  "surveys.respond": [inModules("surveys/surveys"), "survey.answered"],
  "POST /api/chat/{sessionId}/surveys/{invitationId}": [inModules("surveys/surveys"), "survey.answered"],
  "DELETE /api/chat/{sessionId}/surveys/{invitationId}": [inModules("surveys/surveys"), "survey.dismissed"],
  "evaluations.runs.cancel": [runs, "evaluation-run.cancelled"],
  "POST /api/evaluations/runs/{runId}/cancellation": [runs, "evaluation-run.cancelled"],
};

/** Kinds of security events that no good call brings about, and the test that sees each. */
export const seenElsewhere: Readonly<Record<string, string>> = {
  sign_in_failed: inModules("identity/sign-in/sign-in"),
  locked_out: inModules("identity/sign-in/sign-in"),
  new_device: inModules("identity/devices/devices"),
  mfa_failed: inModules("identity/second-factor/mfa"),
  backup_code_used: inModules("identity/second-factor/mfa"),
  refresh_token_reused: inModules("tokens/tokens"),
  api_key_new_place: inModules("api-keys/permissions"),
};
