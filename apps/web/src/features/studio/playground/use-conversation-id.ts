import { useState } from "react";

const keyOf = (botId: string) => `parlance.playground.${botId}`;

/**
 * The conversation with this bot in this browser tab: kept while other screens are visited and over a reload.
 * `restored` tells whether the server may know it already.
 */
export function useConversationId(botId: string): { id: string; restored: boolean; renew: () => void } {
  const [current, setCurrent] = useState(() => {
    const kept = read(botId);
    return { id: kept ?? newId(), restored: kept !== null };
  });
  return {
    ...current,
    renew: () => {
      forget(botId);
      setCurrent({ id: newId(), restored: false });
    },
  };
}

/** Called with the first message, so that an id that was never used is not asked for. */
export function keepConversationId(botId: string, id: string): void {
  try {
    sessionStorage.setItem(keyOf(botId), id);
  } catch {
    // Storage is blocked: the conversation holds until the screen is left.
  }
}

function read(botId: string): string | null {
  try {
    return sessionStorage.getItem(keyOf(botId));
  } catch {
    return null;
  }
}

function forget(botId: string): void {
  try {
    sessionStorage.removeItem(keyOf(botId));
  } catch {
    // As above.
  }
}

/** A random UUID; `crypto.randomUUID` is missing where a self-hosted console is opened over plain HTTP. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) => {
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, "0");
  });
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
