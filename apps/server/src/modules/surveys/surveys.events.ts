import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";

const about = z.object({
  surveyId: z.uuid(),
  invitationId: z.uuid(),
  conversationId: z.uuid(),
  at: z.iso.datetime(),
});

/** A customer is asked. `visitorId`: who holds the conversation in a widget, which hears of it. */
export const surveyInvited = defineEvent("survey.invited", about.extend({ visitorId: z.uuid().nullable() }));

/** A customer has answered; what, is read where it is kept. */
export const surveyAnswered = defineEvent("survey.answered", about);

/** A customer has put it away in the widget. */
export const surveyDismissed = defineEvent("survey.dismissed", about);
