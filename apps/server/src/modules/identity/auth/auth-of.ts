import type { Ports } from "../../../ports/index.ts";
import type { Auth } from "./create-auth.ts";

const made = new WeakSet<object>();

/** Remembers that `createAuth` made it. */
export function markAuth(auth: Auth): Auth {
  made.add(auth);
  return auth;
}

/** The process's better-auth, which ports carry without knowing what it is. */
export function authOf({ ports }: { ports: Pick<Ports, "auth"> }): Auth {
  if (!isAuth(ports.auth)) throw new Error("The port `auth` is not what createAuth made.");
  return ports.auth;
}

/** Whether anyone may make an account here. */
export function signUpOf(where: { ports: Pick<Ports, "auth"> }): "open" | "closed" {
  return authOf(where).options.emailAndPassword.disableSignUp ? "closed" : "open";
}

function isAuth(value: object): value is Auth {
  return made.has(value);
}
