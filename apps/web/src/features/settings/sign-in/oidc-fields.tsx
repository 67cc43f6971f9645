import { useT } from "../../../lib/i18n.ts";
import { TextField } from "../../../ui/index.ts";
import { type SsoConfig, type SsoInput, type Template, usualIssuer } from "./sso-config.ts";
import { signInStrings } from "./strings.ts";

/** Fields that are empty and must not be, by name. */
export type Faults = Partial<Record<string, "missing">>;

export function OidcFields({
  config,
  template,
  faults,
}: {
  config: SsoConfig | null;
  template: Exclude<Template, "saml">;
  faults: Faults;
}) {
  const t = useT(signInStrings);
  const missing = (name: string) => (faults[name] ? t("missing.field") : null);
  return (
    <>
      <TextField
        label={t("issuer")}
        name="issuer"
        type="url"
        dir="ltr"
        defaultValue={config?.issuer ?? (template === "google" ? usualIssuer.google : "")}
        placeholder={usualIssuer[template]}
        hint={t("issuer.hint")}
        error={missing("issuer")}
      />
      <TextField
        label={t("clientId")}
        name="clientId"
        dir="ltr"
        defaultValue={config?.clientId ?? ""}
        error={missing("clientId")}
      />
      <TextField
        label={t("clientSecret")}
        name="clientSecret"
        type="password"
        dir="ltr"
        autoComplete="off"
        hint={t(config?.hasSecret ? "clientSecret.kept" : "clientSecret.hint")}
        error={missing("clientSecret")}
      />
    </>
  );
}

/** What the fields say. The secret may stay away where one is kept for this very issuer and client. */
export function readOidc(
  read: (name: string) => string,
  config: SsoConfig | null,
): { input: Pick<SsoInput, "oidc">; faults: Faults } {
  const [issuer, clientId, clientSecret] = ["issuer", "clientId", "clientSecret"].map(read);
  const isKept = config?.hasSecret && config.issuer === issuer && config.clientId === clientId;
  const faults: Faults = {
    ...(issuer ? {} : { issuer: "missing" }),
    ...(clientId ? {} : { clientId: "missing" }),
    ...(clientSecret || isKept ? {} : { clientSecret: "missing" }),
  };
  const oidc = { issuer: issuer ?? "", clientId: clientId ?? "", ...(clientSecret ? { clientSecret } : {}) };
  return { input: { oidc }, faults };
}
