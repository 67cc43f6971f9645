import { AppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import {
  addNote,
  findConversation,
  requestHuman,
  tellCustomer,
  unaskedConfirmationIn,
  updateConversation,
} from "../../conversations/index.ts";
import { createResolution } from "../../resolutions/index.ts";
import { assignTo } from "../../routing/index.ts";
import type { Facts, Trigger } from "../automation.types.ts";
import type { Action } from "../rules/rule.schema.ts";
import { fillTemplate } from "../rules/template.ts";

/** What an action is done for. */
export interface Situation {
  conversationId: string;
  trigger: Trigger;
  facts: Facts;
  ruleName: string;
  /** Of this action and this event: what is written under it is written once. */
  clientId: string;
}

/**
 * Does one action, by the same doors that people use, so that rights, states and the audit are theirs. Gives a sentence
 * that says what was done; throws a refusal that says why it was not.
 */
export async function perform(ctx: TxCtx, action: Action, situation: Situation): Promise<string> {
  const { conversationId, trigger, facts, ruleName, clientId } = situation;
  const fill = (template: string) => fillTemplate(template, trigger, facts);
  switch (action.type) {
    case "set_severity": {
      const { severity } = action.params;
      await updateConversation(ctx, { conversationId, severity });
      return `The severity is ${severity}.`;
    }
    case "add_tags":
    case "remove_tags": {
      const { tags } = await findConversation(ctx, conversationId, { lock: true });
      const isAdding = action.type === "add_tags";
      const named = action.params.tags;
      const after = isAdding
        ? [...new Set([...tags, ...named])].slice(0, mostTags)
        : tags.filter((tag) => !named.includes(tag));
      await updateConversation(ctx, { conversationId, tags: after });
      return `The tags are ${after.join(", ") || "none"}.`;
    }
    case "assign_agent": {
      await assignTo(ctx, { conversationId, agentId: action.params.agentId, reason: `rule: ${ruleName}` });
      return "It was assigned to the agent.";
    }
    case "assign_team": {
      await assignTo(ctx, { conversationId, teamId: action.params.teamId, reason: `rule: ${ruleName}` });
      return "It was assigned to the team.";
    }
    case "set_status": {
      const { status } = action.params;
      await updateConversation(ctx, { conversationId, status });
      return `It is ${status}.`;
    }
    case "escalate": {
      const { reason, confirmation } = action.params;
      const { language } = await findConversation(ctx, conversationId, { lock: true });
      const { alreadyRequested } = await requestHuman(ctx, {
        conversationId,
        reason: fill(reason),
        confirmation: confirmation === undefined ? unaskedConfirmationIn(language) : fill(confirmation),
        wanted: false,
      });
      return alreadyRequested ? "A person was asked for before." : "A person was asked for.";
    }
    case "add_note":
      await addNote(ctx, { conversationId, clientId, text: filled(fill(action.params.text)) });
      return "A note was added.";
    case "notify_agents":
      await addNote(ctx, { conversationId, clientId, text: filled(fill(action.params.message)) });
      return "The agents were told by a note.";
    case "send_message":
      await tellCustomer(ctx, { conversationId, clientId, text: filled(fill(action.params.text)) });
      return "The message was sent.";
    case "create_resolution": {
      await createResolution(ctx, { conversationId, ...action.params });
      return "A resolution was opened.";
    }
    case "snooze": {
      const until = new Date(ctx.now().getTime() + action.params.minutes * 60_000);
      await updateConversation(ctx, { conversationId, snoozedUntil: until });
      return `It sleeps until ${until.toISOString()}.`;
    }
    case "notify_slack":
      throw new AppError("UNAVAILABLE", slackMissing);
  }
}

/** Tags that a conversation may have. */
const mostTags = 50;

/** Why a rule that speaks to Slack cannot be switched on. */
export const slackMissing =
  "Slack is not connected, so notify_slack can reach nobody. Take that action out of the rule, or use notify_agents.";

/** A text of which nothing is left when its names are filled in says nothing. */
function filled(text: string): string {
  if (text.trim() === "")
    throw new AppError("VALIDATION_ERROR", "The text is empty once its names are filled in.");
  return text;
}
