import type { PersonalData } from "../customers/index.ts";
import { eraseSurveyWords } from "./service/of-person.ts";

export const surveysPersonalData: PersonalData = {
  tables: {
    survey_invitations: "links work no more",
    survey_responses: "words are replaced; figures stay",
  },
  erase: (ctx, { conversationIds, erased }) => eraseSurveyWords(ctx, conversationIds, erased),
};
