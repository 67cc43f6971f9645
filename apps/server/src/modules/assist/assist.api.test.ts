import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, type Visitor, visit } from "../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { restClient } from "../../../../../tests/harness/rest.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { findConversation, messageById, readMessages } from "../conversations/index.ts";
import { writeBriefOfRequest } from "./index.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
let bearer: string;
const rest = restClient(() => server);
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, shopTexts)).id;
  bearer = (await rest.login(ada)).accessToken;
});
afterAll(() => server.close());

const system = () => contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
const conversation = (id: string) => inTx(system(), (ctx) => findConversation(ctx, id));
const classified = (id: string) =>
  eventually(
    async () => {
      const row = await conversation(id);
      expect(row.severity).not.toBeNull();
      return row;
    },
    { timeout: 40_000 },
  );

async function handOff(visitor: Visitor): Promise<void> {
  await fetch(`${server.url}/api/chat/${visitor.conversationId}/handoff`, {
    method: "POST",
    headers: { ...visitor.headers, "content-type": "application/json" },
    body: JSON.stringify({ reason: "I want a person" }),
  });
}

describe("classify", () => {
  test("answers in seed 004's shape, by what is built in", async () => {
    const { said } = await rest.post(
      "/v1/ai/classify",
      {
        content: "I cannot log into my account, error 401. Mail me at jo@example.org",
        conversationContext: { previousMessages: [], customerSlaTier: "premium" },
      },
      bearer,
    );
    expect(said).toMatchObject({
      success: true,
      data: {
        intent: "account_access_issue",
        severity: "P1",
        sentiment: "negative",
        entities: { accountIds: [], errorCodes: ["401"], emails: ["jo@example.org"] },
        suggestedSkills: ["authentication", "account"],
        modelVersion: "builtin-1",
        method: "builtin",
      },
      meta: { requestId: expect.any(String) },
    });
  });

  test.each([
    ["Où est mon colis ?", "order_or_delivery", "fr"],
    ["أريد استرداد نقودي", "refund_or_cancellation", "ar"],
    ["Grey zebras graze quietly at the lake", "general_inquiry", "en"],
  ])("“%s” is %s", async (text, intent, language) => {
    expect(await ada.trpc.assist.classify.mutate({ text })).toMatchObject({ intent, language });
  });

  test("is taught by examples, at once by one, and unlearns what is deleted", async () => {
    const bob = await server.signUp("Bob");
    const text = "The dragon boat needs new paddles";
    const told = () => bob.trpc.assist.classify.mutate({ text: "new paddles for the dragon boat" });
    const learnt = (state: string) =>
      eventually(
        async () => {
          const { training } = await bob.trpc.assist.labels.list.query({ kind: "intent" });
          expect(training.state).toBe(state);
        },
        { timeout: 40_000 },
      );
    const example = { kind: "intent" as const, label: "Boat-Parts", text };
    const { id, label } = await bob.trpc.assist.labels.add.mutate(example);
    expect(label).toBe("boat_parts");
    await learnt("trained");
    expect(await told()).toMatchObject({
      intent: "boat_parts",
      suggestedSkills: ["boat_parts"],
      modelVersion: "builtin-1+intent-1",
    });
    expect((await ada.trpc.assist.classify.mutate({ text })).intent).not.toBe("boat_parts");
    // the same text again takes the place of the first
    await bob.trpc.assist.labels.add.mutate({ ...example, label: "boat_repair" });
    const list = await bob.trpc.assist.labels.list.query({ kind: "intent" });
    expect(list.items.map((item) => item.label)).toEqual(["boat_repair"]);
    expect((await told()).intent).not.toBe("boat_parts"); // forgotten at once, whatever the model holds
    await learnt("trained");
    expect((await told()).intent).toBe("boat_repair");
    await bob.trpc.assist.labels.delete.mutate({ exampleId: id });
    expect((await told()).intent).not.toBe("boat_repair");
    await learnt("builtin");
  }, 60_000);

  test("severity and sentiment are taught too", async () => {
    const cleo = await server.signUp("Cleo");
    const text = "The kiln is cold";
    await cleo.trpc.assist.labels.add.mutate({ kind: "severity", label: "P0", text });
    await cleo.trpc.assist.labels.add.mutate({ kind: "sentiment", label: "negative", text });
    await eventually(
      async () => {
        const told = await cleo.trpc.assist.classify.mutate({ text: "the kiln is cold again" });
        expect(told).toMatchObject({ severity: "P0", sentiment: "negative", suggestedAction: "escalate" });
      },
      { timeout: 40_000 },
    );
  }, 60_000);
});

describe("a customer's message", () => {
  test("is told of once; the worst stays, and what a person set stays as they set it", async () => {
    const visitor = await visit(server, ada, botId);
    const { conversationId } = visitor;
    await askBot(server, visitor, "I cannot log into my account");
    const first = await classified(conversationId);
    expect(first).toMatchObject({ intent: "account_access_issue", severity: "P1", sentiment: "negative" });
    expect(first.version).toBe(1); // what was found out is in nobody's way who saves something
    const { severity } = first; // a person agrees: from here on it is theirs
    await ada.trpc.conversations.update.mutate({ id: conversationId, version: 1, severity, tags: ["seen"] });
    await askBot(server, visitor, "The system is down for everyone, this is unacceptable!");
    await eventually(
      async () => {
        const said = await readMessages(system(), { conversationId });
        const last = said.filter(({ author }) => author === "customer").at(-1);
        const row = await inTx(system(), (ctx) => messageById(ctx, last?.id ?? newId()));
        expect(row?.annotations).toMatchObject({ severity: "P0", method: "builtin" });
      },
      { timeout: 40_000 },
    );
    expect(await conversation(conversationId)).toMatchObject({
      version: 2,
      severity: "P1",
      intent: "account_access_issue",
    });
  }, 60_000);
});

describe("a handoff", () => {
  test("is briefed once, however often the job runs, and the brief can be written anew", async () => {
    const visitor = await visit(server, ada, botId);
    const { conversationId } = visitor;
    await askBot(server, visitor, "How many days does a refund take after the parcel?");
    await askBot(server, visitor, "Who won the football game?");
    await handOff(visitor);
    const brief = await eventually(
      async () => {
        const brief = await ada.trpc.assist.brief.query({ conversationId });
        if (!brief) throw new Error("There is no brief yet.");
        return brief;
      },
      { timeout: 40_000 },
    );
    expect(brief).toMatchObject({
      asked: "How many days does a refund take after the parcel?",
      found: [{ title: "Refunds.md" }],
      language: "en",
      reason: "I want a person",
      method: "builtin",
    });
    expect(brief.tried[0]).toContain("14 days");
    expect(brief.tried[1]).toContain("Who won the football game?");

    const { escalation } = await ada.trpc.conversations.get.query({ id: conversationId });
    expect(escalation).not.toBeNull();
    const again = { conversationId, escalationId: newId(), reason: "Another" };
    await writeBriefOfRequest(system(), again); // a later request is briefed anew …
    const second = await ada.trpc.assist.brief.query({ conversationId });
    expect(second?.reason).toBe("Another");
    await writeBriefOfRequest(system(), { ...again, reason: "Twice" }); // … and each once
    expect(await ada.trpc.assist.brief.query({ conversationId })).toEqual(second);
    await writeBriefOfRequest(system(), { ...again, conversationId: newId() }); // it is gone: nothing to do

    const { said } = await rest.post("/v1/ai/generate-handoff", { conversationId }, bearer);
    expect(said).toMatchObject({ success: true, data: { conversationId, reason: "I want a person" } });
  }, 60_000);
});

describe("without a model", () => {
  test("a reply is quoted from the documents, past what is no question", async () => {
    const visitor = await visit(server, ada, botId);
    const { conversationId } = visitor;
    expect(await ada.trpc.assist.suggest.query({ conversationId })).toMatchObject({
      text: null,
      sources: [],
    });
    await askBot(server, visitor, "How many days does a refund take after the parcel?");
    await askBot(server, visitor, "thank you");
    const suggestion = await ada.trpc.assist.suggest.query({ conversationId });
    expect(suggestion).toMatchObject({
      text: expect.stringContaining("14 days"),
      question: "How many days does a refund take after the parcel?",
      sources: [{ number: 1, title: "Refunds.md" }],
      method: "builtin",
    });
    const body = { conversationId, intent: "how_to_guidance" };
    const { said } = await rest.post("/v1/ai/suggest-response", body, bearer);
    expect(said).toMatchObject({
      data: { suggestedResponse: suggestion.text, kbArticles: [{ title: "Refunds.md" }] },
    });
  });

  test("what the documents do not answer is left to the agent", async () => {
    const visitor = await visit(server, ada, botId);
    await askBot(server, visitor, "Who won the football game?");
    const suggestion = await ada.trpc.assist.suggest.query({ conversationId: visitor.conversationId });
    expect(suggestion).toMatchObject({ text: null, question: "Who won the football game?", confidence: 0 });
  });

  test("a summary is made of what was said, and kept", async () => {
    const visitor = await visit(server, ada, botId);
    const { conversationId } = visitor;
    await askBot(server, visitor, "Combien coûte la livraison en Belgique ?");
    const { said } = await rest.post("/v1/ai/generate-summary", { conversationId }, bearer);
    expect(said).toMatchObject({ data: { method: "builtin" } });
    const { summary } = await conversation(conversationId);
    expect(summary).toContain("Demande : Combien coûte la livraison en Belgique ?");
    expect(summary).toContain("Le bot s’en occupe.");
  });

  test.each([
    ["Bonjour, où est ma commande ?", "fr", "French", "A translation needs a model"],
    ["¿Dónde está mi pedido? Gracias por la ayuda", "es", "Spanish", "A translation needs a model"],
    ["Where is my order?", "en", "English", "already"],
  ])("“%s” is named, not translated", async (text, from, fromName, notice) => {
    const said = await ada.trpc.assist.translate.mutate({ text, to: "en" });
    expect(said).toMatchObject({ from, fromName, to: "en", method: "builtin" });
    expect(said.notice).toContain(notice);
    expect(said.text).toBe(from === "en" ? text : null);
  });
});
