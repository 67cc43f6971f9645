/** Characters that Slack takes of one message. */
const mostText = 40_000;

/** As Slack wants text that means nothing but itself: `<!channel>` of a person's is words, and calls nobody. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The author's name over what they said, cut where Slack would cut it. */
export function composeText({ author, text }: { author?: string; text: string }): string {
  const head = author ? `*${escapeText(author.replaceAll(/[*\n]/g, " ")).trim()}*\n` : "";
  const whole = head + escapeText(text);
  if (whole.length <= mostText) return whole;
  const cut = whole.slice(0, mostText - 1).replace(/&[a-z]{0,3}$/, ""); // not within an escape
  return `${cut}…`;
}

const mention = /<@([A-Z0-9]+)(?:\|([^<>]*))?>/g;

export function mentionsIn(text: string): string[] {
  return [...new Set([...text.matchAll(mention)].map((match) => match[1] ?? ""))];
}

/** Slack's markup undone: `<@U1>`, `<#C1|general>`, `<!here>`, `<https://a.b|label>` and the three escapes. */
export function toPlainText(text: string, names: ReadonlyMap<string, string>): string {
  return text
    .replaceAll(mention, (_, id: string, label?: string) => `@${names.get(id) ?? label ?? "somebody"}`)
    .replaceAll(/<#[A-Z0-9]+(?:\|([^<>]*))?>/g, (_, name?: string) => `#${name || "channel"}`)
    .replaceAll(/<!([^<>|]+)(?:\|([^<>]*))?>/g, (_, word: string, label?: string) =>
      (label ?? `@${word.split("^")[0]}`).replace(/^(?!@)/, "@"),
    )
    .replaceAll(/<([^<>|]+)\|([^<>]+)>/g, (_, url: string, label: string) =>
      url.endsWith(label) ? label : `${label} (${url})`,
    )
    .replaceAll(/<([^<>|]+)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
