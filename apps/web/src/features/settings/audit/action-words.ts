import { type Strings, useT } from "../../../lib/i18n.ts";
import { thingStrings } from "./thing.strings.ts";
import { verbStrings } from "./verb.strings.ts";

type WordOf<S> = S extends Strings<infer En> ? keyof En : never;
const isThing = (word: string): word is WordOf<typeof thingStrings> =>
  Object.hasOwn(thingStrings.tables.en, word);
const isVerb = (word: string): word is WordOf<typeof verbStrings> =>
  Object.hasOwn(verbStrings.tables.en, word);

/** Reads an action such as `bot.created` as "Bot · created"; one without words stands as it is. */
export function useActionWords(): (action: string) => string {
  const thing = useT(thingStrings);
  const verb = useT(verbStrings);
  return (action) => {
    const dot = action.lastIndexOf(".");
    const about = action.slice(0, dot);
    const done = action.slice(dot + 1);
    return isThing(about) && isVerb(done) ? `${thing(about)} · ${verb(done)}` : action;
  };
}
