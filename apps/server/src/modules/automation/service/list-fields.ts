import type { z } from "zod";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { type fieldsSchema, mostRules } from "../automation.schema.ts";
import { triggerNames } from "../automation.types.ts";
import { operatorsOf } from "../rules/operators.ts";
import { fieldsOf, templateNamesOf } from "../rules/triggers.ts";

/** What rules may wait for and ask: what an editor is made of. */
export function listFields(ctx: Ctx): z.output<typeof fieldsSchema> {
  assertCan(ctx.actor, "manage rules");
  const triggers = triggerNames.map((name) => {
    const templates = new Map([...templateNamesOf(name)].map(([template, field]) => [field, template]));
    const fields = [...fieldsOf(name)].map(([field, { kind, options, of }]) => ({
      name: field,
      kind,
      options: [...(options ?? [])],
      of: of ?? null,
      operators: operatorsOf(kind),
      template: templates.get(field) ?? field,
    }));
    return { name, fields };
  });
  return { triggers, mostRules };
}
