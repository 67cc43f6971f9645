import { z } from "zod";
import { type Route, route } from "../../faces/http/route.ts";
import { dismissInWidget, respondInWidget } from "./service/respond.ts";
import { answerSchema } from "./surveys.schema.ts";

const ofInvitation = z.object({ sessionId: z.uuid(), invitationId: z.uuid() });
const success = z.object({ success: z.literal(true) });

/** The widget's side: what there is to ask comes over the conversation's stream, as `survey`. */
export const surveyRoutes: Route[] = [
  route({
    method: "POST",
    path: "/api/chat/{sessionId}/surveys/{invitationId}",
    summary: "Answers a survey, once; the same answers again are as the first.",
    auth: "visitor",
    limit: "surveyAnswer",
    params: ofInvitation,
    body: answerSchema,
    response: success,
    async run(ctx, { params, body }) {
      const { sessionId: conversationId, invitationId } = params;
      await respondInWidget(ctx, { ...body, conversationId, invitationId });
      return { success: true };
    },
  }),
  route({
    method: "DELETE",
    path: "/api/chat/{sessionId}/surveys/{invitationId}",
    summary: "Puts a survey away.",
    auth: "visitor",
    limit: "surveyAnswer",
    params: ofInvitation,
    response: success,
    async run(ctx, { params }) {
      const { sessionId: conversationId, invitationId } = params;
      await dismissInWidget(ctx, { conversationId, invitationId });
      return { success: true };
    },
  }),
];
