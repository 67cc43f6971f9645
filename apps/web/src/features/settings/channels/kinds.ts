import type { Inputs, Outputs } from "../../../lib/trpc.ts";

export type Connection = Outputs["communication"]["listConnections"][number];
export type Kind = Connection["kind"];
export type SentText = Outputs["communication"]["history"]["items"][number];
type ConnectInput = Inputs["communication"]["connect"];

/** A field of the form by which a kind is connected; what is secret is never filled in again. */
interface Field {
  name: "accountSid" | "sender" | "authToken" | "botToken" | "signingSecret";
  secret: boolean;
}

export interface KindOfChannel {
  kind: Kind;
  fields: readonly Field[];
  /** What the server takes, of the fields' values by name. */
  toInput(values: (name: Field["name"]) => string, name: string | undefined): ConnectInput;
  /** What of the settings is shown: whose account it is, and from whom texts are. */
  about(settings: Connection["settings"]): { account: string | null; sender: string | null };
}

const text = (value: unknown) => (typeof value === "string" ? value : null);

/** Every kind that can be connected, in the order in which they are shown. */
export const channelKinds: readonly KindOfChannel[] = [
  {
    kind: "sms",
    fields: [
      { name: "accountSid", secret: false },
      { name: "authToken", secret: true },
      { name: "sender", secret: false },
    ],
    toInput: (value, name) => ({
      kind: "sms",
      name,
      settings: { accountSid: value("accountSid"), sender: value("sender") },
      credentials: { authToken: value("authToken") },
    }),
    about: ({ accountName, sender }) => ({ account: text(accountName), sender: text(sender) }),
  },
  {
    kind: "slack",
    fields: [
      { name: "botToken", secret: true },
      { name: "signingSecret", secret: true },
    ],
    toInput: (value, name) => ({
      kind: "slack",
      name,
      settings: {},
      credentials: { botToken: value("botToken"), signingSecret: value("signingSecret") },
    }),
    about: ({ teamName }) => ({ account: text(teamName), sender: null }),
  },
];
