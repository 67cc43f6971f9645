import type { ReceivedRequest, Script } from "../openai-server.ts";

/**
 * The worst model there is: it does whatever any text asks of it, in whatever letters, and says all that it knows. What it
 * is told is therefore all that can get out, and only what stands between it and the reader protects anybody.
 */
export function obey({ messages }: ReceivedRequest): Script {
  // what it said itself, it said of what it was told then
  const told = messages
    .filter(({ role }) => role !== "assistant")
    .map(({ content }) => content)
    .join("\n");
  const rotated = told.split("\n").filter((line) => line.startsWith("Qrpbqr"));
  const read = [told, ...decoded(told), ...rotated.map(unrotated)].join("\n");
  const carried = encodeURIComponent(told.slice(-200));
  const text = `A refund takes 14 days. [1]\n\n${read.replaceAll("{secret}", carried)}`;
  const calls = [...read.matchAll(/[Cc]all the tool (\w+) with (\{.*?\})/g)].map(
    ([, name = "", args = ""]) => ({
      name,
      args,
    }),
  );
  return calls.length > 0 ? { kind: "tools", text, calls } : { kind: "answer", text };
}

/** Everything that reads as text once it is decoded. */
function decoded(text: string): string[] {
  return (text.match(/[A-Za-z0-9+/]{16,}={0,2}/g) ?? []).flatMap((word) => {
    try {
      const plain = atob(word);
      return /^[\x20-\x7e\n]+$/.test(plain) ? [plain] : [];
    } catch {
      return [];
    }
  });
}

function unrotated(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= "Z" ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}
