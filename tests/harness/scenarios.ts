import { TRPCClientError } from "@trpc/client";
import { eq } from "drizzle-orm";
import { members, sessions } from "../../apps/server/src/modules/identity/identity.tables.ts";
import type { Role } from "../../apps/server/src/platform/ctx/index.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import { eventually } from "./eventually.ts";
import type { TestServer, TestUser, TrpcClient } from "./server.ts";

/** The code of the error that a call was refused with; throws when the call succeeded. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError && typeof error.data?.errorCode === "string") {
      return error.data.errorCode;
    }
    throw error;
  }
  throw new Error("The call was not refused.");
}

/** The message of the error that a call was refused with. */
export async function refusalText(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError) return error.message;
    throw error;
  }
  throw new Error("The call was not refused.");
}

/** Signs someone up and makes them a member of another's tenant, in a role of it. */
export async function colleague(
  server: TestServer,
  of: Pick<TestUser, "tenantId">,
  role: Role,
): Promise<TestUser> {
  const person = await server.signUp(role);
  const db = server.services.db.system();
  await db
    .insert(members)
    .values({ id: newId(), organizationId: of.tenantId, userId: person.userId, role, createdAt: new Date() });
  await db
    .update(sessions)
    .set({ activeOrganizationId: of.tenantId })
    .where(eq(sessions.userId, person.userId));
  return { ...person, tenantId: of.tenantId };
}

export interface TestFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** Uploads a file as a browser does: announce, send to the link, confirm. Gives the document's id. */
export async function upload(user: TestUser, botId: string, file: TestFile): Promise<string> {
  const announced = { botId, fileName: file.name, fileType: file.type, fileSize: file.bytes.byteLength };
  const ticket = await user.trpc.botDocument.getUploadPresignedUrl.mutate(announced);
  const response = await fetch(ticket.uploadUrl, {
    method: "PUT",
    headers: ticket.headers,
    body: new Uint8Array(file.bytes),
  });
  if (!response.ok) throw new Error(`The upload was refused: ${response.status} ${await response.text()}`);
  const { documentId, storagePath } = ticket;
  await user.trpc.botDocument.confirmUpload.mutate({ ...announced, documentId, storagePath });
  return documentId;
}

/** The document once its processing has ended, whichever way. */
export function processed(user: TestUser, botId: string, documentId: string) {
  return eventually(async () => {
    const all = await user.trpc.botDocument.listByBotId.query({ botId });
    const document = all.find((candidate) => candidate.id === documentId);
    if (!document) throw new Error("The document is not listed.");
    if (document.status !== "PROCESSED" && document.status !== "FAILED") throw new Error(document.status);
    return document;
  });
}

/** A bot whose knowledge is these texts, ready to answer. */
export async function botWith(user: TestUser, texts: Record<string, string>, name = "Helper") {
  const bot = await user.trpc.bot.create.mutate({ name });
  const added = await Promise.all(
    Object.entries(texts).map(([title, content]) =>
      user.trpc.botDocument.addManualText.mutate({ botId: bot.id, name: title, content }),
    ),
  );
  const documents = await Promise.all(added.map((document) => processed(user, bot.id, document.id)));
  for (const document of documents) {
    if (document.status === "FAILED") throw new Error(`${document.fileName}: ${document.errorMessage}`);
  }
  return { ...bot, documents };
}

/** One row of a table of scenarios: who calls, what, and the code of the refusal; none means success. */
export interface Scenario {
  title: string;
  as: () => TrpcClient;
  call: (trpc: TrpcClient) => Promise<unknown>;
  refused?: string;
}

/** Plays a scenario; throws when it ends otherwise than it says. */
export async function play({ as, call, refused }: Pick<Scenario, "as" | "call" | "refused">): Promise<void> {
  if (refused === undefined) {
    await call(as());
    return;
  }
  const code = await refusal(call(as()));
  if (code !== refused) throw new Error(`It was refused with ${code}, not with ${refused}.`);
}
