import { vi } from "vitest";
import { twilioAccount } from "../../harness/twilio-server.ts";
import { type Capability, managers, supporters } from "./capability.ts";

/** By what people are reached, and what was sent to them. A tenant has one connection of a kind, without an id of its own. */
export const communication: Capability = {
  async furnish({ owner, word }) {
    const { connect, send, history } = owner.trpc.communication;
    await connect.mutate({ kind: "sms", name: word, ...twilioAccount });
    await send.mutate({ kind: "sms", to: "+14155550123", text: `What of ${word}?` });
    // what is sent only later would count as a change
    const isSent = async () => {
      const { items } = await history.query({ status: "sent" });
      if (items.length === 0) throw new Error("The text waits still.");
    };
    await vi.waitFor(isSent, { timeout: 20_000, interval: 50 });
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
    "communication.*": supporters,
    "communication.connect": managers,
    "communication.disconnect": managers,
  },
};
