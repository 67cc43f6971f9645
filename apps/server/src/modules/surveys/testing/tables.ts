import type { Scenario } from "../../../../../../tests/harness/scenarios.ts";
import { newId } from "../../../platform/ids/index.ts";

export interface Procedure {
  name: string;
  call: (surveyId: string, conversationId: string) => Scenario["call"];
  /** Of those who are members. */
  allowed: readonly string[];
  absent?: boolean;
}
const readers = ["owner", "agent"];
/** Who may call what: all others are refused. */
export const procedures: Procedure[] = [
  { name: "list", call: () => (t) => t.surveys.list.query(), allowed: readers },
  {
    name: "get",
    call: (surveyId) => (t) => t.surveys.get.query({ surveyId }),
    allowed: readers,
    absent: true,
  },
  {
    name: "results",
    call: (surveyId) => (t) => t.surveys.results.query({ surveyId, from: new Date(0), to: new Date(1) }),
    allowed: readers,
    absent: true,
  },
  {
    name: "ofConversation",
    call: (_, conversationId) => (t) => t.surveys.ofConversation.query({ conversationId }),
    allowed: readers,
  },
  {
    name: "create",
    call: () => (t) => t.surveys.create.mutate({ name: "CSAT", kind: "csat" }),
    allowed: ["owner"],
  },
  {
    name: "update",
    call: (surveyId) => (t) => t.surveys.update.mutate({ surveyId, name: newId() }),
    allowed: ["owner"],
    absent: true,
  },
  {
    name: "createLink",
    call: (surveyId, conversationId) => (t) => t.surveys.createLink.mutate({ surveyId, conversationId }),
    allowed: readers,
    absent: true,
  },
  {
    name: "delete",
    call: (surveyId) => (t) => t.surveys.delete.mutate({ surveyId }),
    allowed: [],
    absent: true,
  },
];
const text = { en: "Why?" };
const rating = { key: "r", kind: "rating", text } as const;
/** What a survey may be made of, at its bounds and over them. */
export const bounds: [what: string, input: object, refused: string | null][] = [
  ["a custom survey without questions", { kind: "custom" }, "VALIDATION_ERROR"],
  ["a custom one with a question", { kind: "custom", questions: [{ key: "q", kind: "text", text }] }, null],
  ["no question", { kind: "csat", questions: [] }, "VALIDATION_ERROR"],
  ["CSAT without a rating", { kind: "csat", questions: [{ ...rating, kind: "nps" }] }, "VALIDATION_ERROR"],
  [
    "CSAT with a rating that is not required",
    { kind: "csat", questions: [{ ...rating, required: false }] },
    "VALIDATION_ERROR",
  ],
  ["a key twice", { kind: "csat", questions: [rating, rating] }, "VALIDATION_ERROR"],
  [
    "ten questions",
    { kind: "csat", questions: Array.from({ length: 10 }, (_, at) => ({ ...rating, key: `r${at}` })) },
    null,
  ],
  [
    "eleven",
    { kind: "csat", questions: Array.from({ length: 11 }, (_, at) => ({ ...rating, key: `r${at}` })) },
    "VALIDATION_ERROR",
  ],
  ["no language", { kind: "csat", questions: [{ ...rating, text: {} }] }, "VALIDATION_ERROR"],
  [
    "one option",
    { kind: "custom", questions: [{ ...rating, kind: "choice", options: [text] }] },
    "VALIDATION_ERROR",
  ],
  [
    "two options",
    { kind: "custom", questions: [{ ...rating, kind: "choice", options: [text, text] }] },
    null,
  ],
  ["a name of 100", { kind: "csat", name: "x".repeat(100) }, null],
  ["a name of 101", { kind: "csat", name: "x".repeat(101) }, "VALIDATION_ERROR"],
  ["90 days", { kind: "nps", trigger: { openDays: 90 } }, null],
  ["91 days", { kind: "nps", trigger: { openDays: 91 } }, "VALIDATION_ERROR"],
  ["a delay of a week", { kind: "nps", trigger: { delayMinutes: 10_080 } }, null],
  ["a longer one", { kind: "nps", trigger: { delayMinutes: 10_081 } }, "VALIDATION_ERROR"],
  ["a bot that is not there", { kind: "nps", trigger: { botIds: [newId()] } }, "NOT_FOUND"],
];

const nobody = { invited: 0, responseRate: null, nps: null };
/** Of four whom this bot asked in the widget: which are found. */
export const filters = (botId: string) =>
  [
    [{ botId }, { invited: 4 }],
    [{ botId: newId() }, nobody],
    [{ agentId: newId() }, nobody],
    [{ channel: "widget" }, { invited: 4 }],
    [{ channel: "email" }, nobody],
    [{ channel: "widget", botId: newId() }, nobody],
  ] as const;
