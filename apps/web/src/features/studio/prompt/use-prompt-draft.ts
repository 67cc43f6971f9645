import { useState } from "react";
import type { Prompt } from "../../../lib/models.ts";

/**
 * What is being written over a prompt (null: a new one), and the version that it began from. A newer version takes
 * the draft's place where nothing was changed; else `isOutdated` says that there is one, and the writer chooses.
 */
export function usePromptDraft(prompt: Prompt | null) {
  const [base, setBase] = useState(prompt);
  const [name, setName] = useState(prompt?.name ?? "");
  const [content, setContent] = useState(prompt?.content ?? "");

  const equals = (other: Prompt | null) =>
    name.trim() === (other?.name ?? "") && content === (other?.content ?? "");
  const dirty = !equals(base);
  const isNewer = prompt !== null && prompt.version !== base?.version;

  /** The prompt as it is now, with nothing changed. */
  function begin(from: Prompt | null) {
    setBase(from);
    setName(from?.name ?? "");
    setContent(from?.content ?? "");
  }
  if (isNewer && (!dirty || equals(prompt))) begin(prompt);

  return {
    name,
    setName,
    content,
    setContent,
    dirty,
    /** The version that a save has to name. */
    baseVersion: base?.version,
    isOutdated: isNewer && dirty && !equals(prompt),
    begin,
    /** Goes on with what is written, over the newest version. */
    keep: () => setBase(prompt),
  };
}
