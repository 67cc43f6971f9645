import { connectTwilio } from "../../../apps/server/src/connectors/twilio/index.ts";
import { eventually } from "../../harness/eventually.ts";
import { startTwilioServer, twilioAccount } from "../../harness/twilio-server.ts";
import { andKeys, type Capability, everyone, managers, supporters } from "./capability.ts";

/** By what people are reached, and what was sent to them. A tenant has one connection of a kind, without an id of its own. */
export const communication: Capability = {
  /** Its provider is there for as long as it takes: nothing is left to be sent. */
  async furnish({ server, owner, word }) {
    const twilio = await startTwilioServer();
    const { ports } = server.services;
    const sms = connectTwilio({ fetch: globalThis.fetch, baseUrl: twilio.url });
    server.services.ports = { ...ports, sms };
    const { connect, send, history } = owner.trpc.communication;
    await connect.mutate({ kind: "sms", name: word, ...twilioAccount });
    await send.mutate({ kind: "sms", to: "+14155550123", text: `What of ${word}?` });
    const isSent = async () => {
      const { items } = await history.query({ status: "queued" });
      if (items.length > 0) throw new Error("The text waits still.");
    };
    await eventually(isSent);
    server.services.ports = ports;
    await twilio.close();
    return {};
  },
  async remove({ owner }) {
    await owner.trpc.communication.disconnect.mutate({ kind: "sms" });
  },
  inputs: {
    "communication.connect": { kind: "sms", ...twilioAccount },
    "communication.listChannels": { kind: "sms" },
    "communication.disconnect": { kind: "sms" },
    "communication.send": { kind: "sms", to: "+14155550123", text: "Hello" },
  },
  callers: {
    "communication.*": andKeys(supporters),
    "communication.connect": managers,
    "communication.disconnect": managers,
    // whoever calls is known by a signature that none of these makes
    "POST /v1/webhooks/twilio/{reference}": everyone,
  },
};
