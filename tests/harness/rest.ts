import { z } from "zod";
import { password, type TestServer, type TestUser } from "./server.ts";

export interface RestAnswer {
  status: number;
  said: unknown;
  headers: Headers;
}

export const tokensSchema = z.object({
  data: z.object({ accessToken: z.string(), refreshToken: z.string(), expiresIn: z.number() }),
});
export type Tokens = z.infer<typeof tokensSchema>["data"];

/** Calls the REST dialects as programs do: with a bearer's token or none. */
export function restClient(server: () => TestServer) {
  async function call(method: string, path: string, body?: object, bearer?: string): Promise<RestAnswer> {
    const response = await fetch(`${server().url}${path}`, {
      method,
      headers: {
        ...(body ? { "content-type": "application/json" } : {}),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, said: await response.json(), headers: response.headers };
  }
  const post = (path: string, body: object, bearer?: string) => call("POST", path, body, bearer);
  return {
    call,
    post,
    get: (path: string, bearer?: string) => call("GET", path, undefined, bearer),
    /** The tokens of someone who signed up by `signUp`. */
    async login({ email }: Pick<TestUser, "email">, factor: object = {}): Promise<Tokens> {
      const { said } = await post("/v1/auth/login", { email, password, ...factor });
      return tokensSchema.parse(said).data;
    },
  };
}
