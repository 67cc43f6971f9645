import { useT } from "../../../lib/i18n.ts";
import type { RoleList, Session } from "../../../lib/models.ts";
import { Checkbox } from "../../../ui/index.ts";
import { rightStrings } from "./rights.strings.ts";
import { rolesStrings } from "./strings.ts";

type Right = Session["rights"][number];

/** All rights there are, by capability, with a box each; what one may not give cannot be ticked. */
export function RightsList({
  capabilities,
  chosen,
  mayGive,
  onChange,
  note,
}: {
  capabilities: RoleList["capabilities"];
  chosen: ReadonlySet<Right>;
  mayGive: (right: Right) => boolean;
  onChange: (chosen: ReadonlySet<Right>) => void;
  note: string | null;
}) {
  const t = useT(rolesStrings);
  const words = useT(rightStrings);
  const toggle = (right: Right) => {
    const next = new Set(chosen);
    if (!next.delete(right)) next.add(right);
    onChange(next);
  };
  return (
    <fieldset>
      <legend className="text-13 font-medium">{t("form.rights")}</legend>
      {note ? <p className="text-13 text-ink-3">{note}</p> : null}
      <div className="mt-3 grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {capabilities.map(({ name, rights }) => (
          <fieldset key={name} className="flex flex-col gap-2">
            <legend className="pb-1 text-12 font-medium text-ink-3">{t(`capability.${name}`)}</legend>
            {rights.map((right) => (
              <Checkbox
                key={right}
                label={words(right)}
                checked={chosen.has(right)}
                disabled={!mayGive(right)}
                onChange={() => toggle(right)}
              />
            ))}
          </fieldset>
        ))}
      </div>
    </fieldset>
  );
}
