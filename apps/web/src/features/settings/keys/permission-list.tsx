import { useT } from "../../../lib/i18n.ts";
import type { AccessKey, KeyPermission } from "../../../lib/models.ts";
import { Checkbox } from "../../../ui/index.ts";
import { permissionStrings } from "./permissions.strings.ts";

export type Permission = AccessKey["permissions"][number];

/** What a key of one bot may be given. */
const ofOneBot: readonly Permission[] = ["chat", "evaluate"];

/** Every permission with what it lets a program do; those that cannot be given stand there greyed out. */
export function PermissionList({
  permissions,
  chosen,
  isOfOneBot,
  onChange,
  error,
}: {
  permissions: KeyPermission[];
  chosen: ReadonlySet<Permission>;
  isOfOneBot: boolean;
  onChange: (chosen: ReadonlySet<Permission>) => void;
  error: string | null;
}) {
  const t = useT(permissionStrings);
  const toggle = (name: Permission) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  };
  return (
    <fieldset aria-describedby="key-permissions-note">
      <legend className="text-13 font-medium">{t("title")}</legend>
      <p id="key-permissions-note" className="text-13 text-ink-3">
        {isOfOneBot ? t("note.oneBot") : t("note")}
      </p>
      <div className="mt-2 flex flex-col gap-2">
        {permissions.map(({ name, mayGive }) => (
          <Checkbox
            key={name}
            label={
              <>
                {t(name)} <bdi className="font-mono text-12 text-ink-3">{name}</bdi>
              </>
            }
            checked={chosen.has(name)}
            disabled={!mayGive || (isOfOneBot && !ofOneBot.includes(name))}
            onChange={() => toggle(name)}
          />
        ))}
      </div>
      {error ? (
        <p role="alert" className="text-13 text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

/** Those that a key of one bot may keep. */
export function withinOneBot(chosen: ReadonlySet<Permission>): ReadonlySet<Permission> {
  return new Set([...chosen].filter((name) => ofOneBot.includes(name)));
}
