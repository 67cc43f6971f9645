import type { TxCtx } from "../../../ports/index.ts";
import { promiseFor } from "../../presence/index.ts";
import { confirmationIn } from "../hand-off.strings.ts";

/** How a request for a person is confirmed: in the product's words unless said, with a promise where nobody is there. */
export async function confirmationOf(
  ctx: TxCtx,
  {
    language,
    words = confirmationIn(language),
    online,
  }: { language: string; words?: string | undefined; online?: boolean | undefined },
): Promise<string> {
  const promise = await promiseFor(ctx, language, { online });
  return promise ? `${words}\n\n${promise}` : words;
}
