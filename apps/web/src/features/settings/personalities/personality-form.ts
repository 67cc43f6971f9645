import type { Personality, Provider } from "../../../lib/models.ts";
import type { Inputs } from "../../../lib/trpc.ts";

/** What is typed into the form; numbers as their texts. */
export interface Draft {
  name: string;
  systemPrompt: string;
  temperature: string;
  provider: Provider | "";
  model: string;
  maxTokens: string;
  isDefault: boolean;
}

export type DraftError = "name" | "prompt" | "temperature" | "maxTokens";

export function draftOf(personality: Personality | null, sample: Partial<Draft> = {}): Draft {
  const { temperature = null, modelPreferences = null } = personality ?? {};
  return {
    name: personality?.name ?? "",
    systemPrompt: personality?.systemPrompt ?? "",
    temperature: temperature === null ? "" : String(temperature),
    provider: modelPreferences?.provider ?? "",
    model: modelPreferences?.model ?? "",
    maxTokens: modelPreferences?.maxTokens ? String(modelPreferences.maxTokens) : "",
    isDefault: false,
    ...sample,
  };
}

/** A number as people type it, also with a comma; null for nothing, NaN for what is none. */
function numberOf(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  return trimmed === "" ? null : Number(trimmed);
}

export function errorsOf(draft: Draft): DraftError[] {
  const temperature = numberOf(draft.temperature);
  const maxTokens = numberOf(draft.maxTokens);
  const errors: DraftError[] = [];
  if (draft.name.trim() === "") errors.push("name");
  if (draft.systemPrompt.trim() === "") errors.push("prompt");
  if (temperature !== null && !(temperature >= 0 && temperature <= 2)) errors.push("temperature");
  const isCount = Number.isInteger(maxTokens) && maxTokens !== null && maxTokens >= 16 && maxTokens <= 4_096;
  if (maxTokens !== null && !isCount) errors.push("maxTokens");
  return errors;
}

type Fields = Omit<Inputs["aiPersonalities"]["create"], "isDefault">;

/** What the server is told of a draft without errors. */
export function fieldsOf(draft: Draft): Fields {
  const maxTokens = numberOf(draft.maxTokens);
  const { provider } = draft;
  const model = draft.model.trim();
  const preferences = {
    ...(provider === "" ? {} : { provider }),
    ...(provider === "" || model === "" ? {} : { model }),
    ...(maxTokens === null ? {} : { maxTokens }),
  };
  return {
    name: draft.name.trim(),
    systemPrompt: draft.systemPrompt,
    temperature: numberOf(draft.temperature),
    modelPreferences: Object.keys(preferences).length > 0 ? preferences : null,
  };
}
