/** Programs that ask one bot, ready to run once a key stands in the environment. */

export const clients = ["curl", "javascript", "python"] as const;
export type Client = (typeof clients)[number];

export const clientNames: Record<Client, string> = {
  curl: "curl",
  javascript: "JavaScript",
  python: "Python",
};

/** What calls the bot under `origin`, as a model with its public id. */
export function snippetFor(client: Client, origin: string, model: string): string {
  const base = `${origin}/openai/v1`;
  switch (client) {
    case "curl":
      return `curl ${base}/chat/completions \\
  -H "Authorization: Bearer $PARLANCE_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`;
    case "javascript":
      return `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "${base}",
  apiKey: process.env.PARLANCE_API_KEY,
});
const answer = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "Hello" }],
});
console.log(answer.choices[0].message.content);`;
    case "python":
      return `import os
from openai import OpenAI

client = OpenAI(base_url="${base}", api_key=os.environ["PARLANCE_API_KEY"])
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`;
  }
}
