import { conversations } from "./conversations.ts";
import type { Flow } from "./flow.ts";
import { helpdesk } from "./helpdesk.ts";
import { knowledge } from "./knowledge.ts";
import { people } from "./people.ts";
import { problems } from "./problems.ts";
import { programs } from "./programs.ts";
import { retrieval } from "./retrieval.ts";
import { signIn } from "./sign-in.ts";
import { tenantsEnd } from "./tenants.ts";

/** Every flow, by capability. */
export const flows: readonly Flow[] = [
  ...conversations,
  ...helpdesk,
  ...knowledge,
  ...problems,
  ...programs,
  ...retrieval,
  ...people,
  ...signIn,
  ...tenantsEnd,
];
