import type { TxCtx } from "../../../ports/index.ts";
import { type PromiseLanguage, promiseLanguages } from "../presence.schema.ts";
import { defaultPromises } from "../presence.strings.ts";
import { isSomeoneThere } from "./presence.ts";
import { routingSettingsOf } from "./settings.ts";

/**
 * What a visitor is promised who asks for a person while nobody is there; null while somebody is. In the language
 * that was asked for, English for any other. `online`: whether somebody is, where the caller has looked.
 */
export async function promiseFor(
  ctx: TxCtx,
  language: string,
  { online }: { online?: boolean | undefined } = {},
): Promise<string | null> {
  if (online ?? (await isSomeoneThere(ctx))) return null;
  const { promises } = await routingSettingsOf(ctx);
  const spoken = promiseLanguages.find((known) => known === language) ?? "en";
  return promises[spoken] ?? inDefaultWords(spoken);
}

function inDefaultWords(language: PromiseLanguage): string {
  return defaultPromises[language];
}
