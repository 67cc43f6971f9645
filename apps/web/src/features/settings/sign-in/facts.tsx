import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../../../lib/i18n.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { Badge, Time, type Tone } from "../../../ui/index.ts";
import type { SsoConfig, SsoSetUp } from "./sso-config.ts";
import { signInStrings } from "./strings.ts";

const tones: Record<SsoConfig["status"], Tone> = { on: "good", off: "neutral", unverified: "warn" };

/** What is set up, and whether it works. */
export function Facts({ config, roles }: { config: SsoConfig; roles: SsoSetUp["roles"] }) {
  const t = useT(signInStrings);
  const roleName = useRoleName();
  const { defaultRole } = config;
  const own = roles.find((role) => role.id === defaultRole)?.name ?? defaultRole;
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        <Fact name={t("fact.domain")}>
          <span className="flex flex-wrap items-center gap-2">
            <bdi>{config.domain}</bdi>
            <Badge tone={tones[config.status]}>{t(`status.${config.status}`)}</Badge>
          </span>
        </Fact>
        <Fact name={t("fact.provider")}>
          {t(`template.${config.template}`)}
          <span className="block text-12 break-all text-ink-3">
            <bdi>{config.issuer}</bdi>
          </span>
        </Fact>
        <Fact name={t("fact.role")}>{roleName({ role: defaultRole, roleName: own })}</Fact>
        <Fact name={t("fact.passwords")}>
          {t(config.passwordAllowed ? "fact.passwords.yes" : "fact.passwords.no")}
        </Fact>
        <Fact name={t("fact.lastSignIn")}>
          {config.lastSignInAt ? <Time value={config.lastSignInAt} /> : t("fact.never")}
        </Fact>
      </dl>
      {config.domainMissingSince ? (
        <p className="flex items-start gap-2 rounded-control bg-warn-soft px-3 py-2 text-13 text-warn">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {t("missing", { domain: config.domain })}
        </p>
      ) : null}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-ink-3">{name}</dt>
      <dd className="mt-0.5 text-14">{children}</dd>
    </div>
  );
}
