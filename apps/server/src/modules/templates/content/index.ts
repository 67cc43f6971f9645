import { community } from "./community.ts";
import { faq } from "./faq.ts";
import { hrPolicies } from "./hr-policies.ts";
import { itHelpDesk } from "./it-help-desk.ts";
import { productDocs } from "./product-docs.ts";
import { shop } from "./shop.ts";
import type { TemplateContent } from "./template-content.ts";

/** Every template that ships. One that was released keeps its id; a new one is a file and a line here. */
export const shippedTemplates: readonly TemplateContent[] = [
  faq,
  itHelpDesk,
  hrPolicies,
  shop,
  productDocs,
  community,
];
