export { surveyChanges } from "./service/changes.ts";
export { inviteToSurveys } from "./service/invite.ts";
export { createSurvey } from "./service/manage-surveys.ts";
export { eraseSurveyWords, surveysOfConversations } from "./service/of-person.ts";
export { pendingSurveys } from "./service/pending.ts";
export { surveyAnswered, surveyInvited } from "./surveys.events.ts";
export { inviteQueue } from "./surveys.jobs.ts";
export { surveysPersonalData } from "./surveys.personal-data.ts";
export { conversationSurveySchema } from "./surveys.schema.ts";
