import { answersPersonalData } from "../answers/index.ts";
import { assistPersonalData } from "../assist/index.ts";
import { automationPersonalData } from "../automation/index.ts";
import { conversationsPersonalData } from "../conversations/index.ts";
import type { PersonalData } from "../customers/index.ts";
import { evaluationsPersonalData } from "../evaluations/index.ts";
import { problemsPersonalData } from "../problems/index.ts";
import { qualityPersonalData } from "../quality/index.ts";
import { resolutionsPersonalData } from "../resolutions/index.ts";
import { surveysPersonalData } from "../surveys/index.ts";

/**
 * Every module that keeps something of the people who write to us. What reads others' rows to find its own stands before
 * them. The customer's own rows go last, by `forgetCustomer`.
 */
export const personalData: readonly PersonalData[] = [
  evaluationsPersonalData,
  qualityPersonalData,
  problemsPersonalData,
  answersPersonalData,
  assistPersonalData,
  automationPersonalData,
  resolutionsPersonalData,
  surveysPersonalData,
  conversationsPersonalData,
];

/** Tables that lead to a customer or a conversation besides those, and why nothing is to be done there. */
export const withoutPersonalWords: Readonly<Record<string, string>> = {
  customers: "removed by forgetCustomer",
  customer_identities: "removed with the customer",
  customer_merges: "removed with the customer",
  customer_codes: "removed with the customer",
  api_threads: "a digest and numbers",
  sla_clocks: "times and terms",
  sla_firings: "times and terms",
};
