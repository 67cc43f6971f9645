import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eq } from "drizzle-orm";
import { contextFor } from "../faces/principal.ts";
import { addBotText, createBot, listBots } from "../modules/bots/index.ts";
import { members, users } from "../modules/identity/identity.tables.ts";
import { createAuth } from "../modules/identity/index.ts";
import { getWidget } from "../modules/widgets/index.ts";
import { randomToken } from "../platform/crypto/index.ts";
import type { Running } from "./build-services.ts";

const guide = fileURLToPath(new URL("../../../../docs/guide", import.meta.url));
const email = "demo@parlance.example";

export interface Demo {
  email: string;
  password: string;
  widgetId: string;
}

/**
 * A tenant to touch before any setting: a bot that answers from Parlance's own documentation. Made on the
 * first start; its password is this installation's own and is kept in the data directory.
 */
export async function ensureDemo({ services, cookieSecret }: Running, dataDirectory: string): Promise<Demo> {
  const password = demoPassword(dataDirectory);
  const { db } = services;
  const [known] = await db.system().select({ id: users.id }).from(users).where(eq(users.email, email));
  let userId = known?.id;
  if (!userId) {
    const auth = createAuth({ db, publicUrl: services.publicUrl, secret: cookieSecret, signUp: "open" });
    const created = await auth.api.signUpEmail({ body: { name: "Demo", email, password } });
    userId = created.user.id;
  }
  const [member] = await db
    .system()
    .select({ tenantId: members.organizationId })
    .from(members)
    .where(eq(members.userId, userId));
  if (!member) throw new Error("The demo user has no tenant.");
  const ctx = contextFor(
    services,
    { kind: "user", userId, name: "Demo", role: "owner" },
    member.tenantId,
    null,
  );

  const { items } = await listBots(ctx, { page: 1, pageSize: 100 });
  let bot = items.find((candidate) => candidate.name === "Parlance guide");
  if (!bot) {
    bot = await createBot(ctx, {
      name: "Parlance guide",
      description: "Answers from Parlance's own documentation.",
    });
    for (const document of ownDocumentation()) await addBotText(ctx, { botId: bot.id, ...document });
  }
  const widget = await getWidget(ctx, { botId: bot.id });
  return { email, password, widgetId: widget.widgetId };
}

function ownDocumentation(): { name: string; content: string }[] {
  return readdirSync(guide)
    .sort()
    .map((file) => ({ name: file, content: readFileSync(join(guide, file), "utf8") }));
}

function demoPassword(dataDirectory: string): string {
  const file = join(dataDirectory, "demo-password");
  try {
    return readFileSync(file, "utf8");
  } catch {
    const password = randomToken(9);
    mkdirSync(dataDirectory, { recursive: true });
    writeFileSync(file, password, { mode: 0o600 });
    return password;
  }
}
