import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, explainError, Select, TextField, toast, uiStrings } from "../../../ui/index.ts";
import { type Faults, OidcFields, readOidc } from "./oidc-fields.tsx";
import { readSaml, SamlFields, type SamlWay } from "./saml-fields.tsx";
import type { SsoSetUp, Template } from "./sso-config.ts";
import { signInStrings } from "./strings.ts";

/** How the provider is reached, whose addresses are its, and what those who join get. */
export function DetailsForm({
  template,
  setUp,
  onSaved,
}: {
  template: Template;
  setUp: SsoSetUp;
  onSaved: () => void;
}) {
  const t = useT(signInStrings);
  const ui = useT(uiStrings);
  const roleName = useRoleName();
  const isSaml = template === "saml";
  const config = setUp.config?.protocol === (isSaml ? "saml" : "oidc") ? setUp.config : null;
  const [role, setRole] = useState(setUp.config?.defaultRole ?? "member");
  const [passwords, setPasswords] = useState<"yes" | "no">(
    setUp.config?.passwordAllowed === false ? "no" : "yes",
  );
  const [portal, setPortal] = useState<"yes" | "no">(config?.idpInitiated ? "yes" : "no");
  const [way, setWay] = useState<SamlWay>(config ? "keep" : "url");
  const [faults, setFaults] = useState<Faults>({});
  const save = useMutation(
    trpc.enterpriseSecurity.setSsoConfig.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.enterpriseSecurity.getSsoConfig.queryFilter());
        toast.done(t("saved"));
        onSaved();
      },
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (save.isPending) return;
    const values = new FormData(event.currentTarget);
    const read = (name: string) => String(values.get(name) ?? "").trim();
    const domain = read("domain");
    const isSameDomain = domain.toLowerCase() === setUp.config?.domain;
    const provider = isSaml ? readSaml(way, read) : readOidc(read, config);
    const found: Faults = { ...provider.faults, ...(domain === "" ? { domain: "missing" } : {}) };
    setFaults(found);
    const [first] = Object.keys(found);
    if (first !== undefined) {
      event.currentTarget.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    save.mutate({
      template,
      domain,
      ...provider.input,
      defaultRole: role,
      passwordAllowed: passwords === "yes",
      idpInitiated: isSaml && portal === "yes",
      enabled: Boolean(setUp.config?.enabled && isSameDomain && setUp.config.domainVerifiedAt),
    });
  }

  // one that the caller may not give stays as it is, and can only be changed to one that they may
  const known = setUp.roles.some((each) => each.id === role);
  const roles = known ? setUp.roles : [...setUp.roles, { id: role, name: role, builtIn: false }];
  return (
    <form noValidate autoComplete="off" onSubmit={submit} className="flex max-w-xl flex-col gap-4">
      {save.isError ? (
        <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
          {t("save.failed", { reason: explainError(save.error, ui) })}
        </p>
      ) : null}
      <TextField
        label={t("domain")}
        name="domain"
        dir="ltr"
        defaultValue={setUp.config?.domain ?? ""}
        hint={t(setUp.config?.domainVerifiedAt ? "domain.again" : "domain.hint")}
        error={faults.domain ? t("missing.field") : null}
      />
      {isSaml ? (
        <SamlFields config={config} way={way} onWay={setWay} faults={faults} />
      ) : (
        <OidcFields config={config} template={template} faults={faults} />
      )}
      <Select
        label={t("role")}
        value={role}
        options={roles.map(({ id, name }) => ({ value: id, label: roleName({ role: id, roleName: name }) }))}
        onChange={setRole}
      />
      <Select
        label={t("passwords")}
        value={passwords}
        options={(["yes", "no"] as const).map((value) => ({ value, label: t(`passwords.${value}`) }))}
        onChange={setPasswords}
      />
      {isSaml ? (
        <Select
          label={t("portal")}
          value={portal}
          options={(["no", "yes"] as const).map((value) => ({ value, label: t(`portal.${value}`) }))}
          onChange={setPortal}
        />
      ) : null}
      <Button type="submit" variant="primary" pending={save.isPending} className="self-start">
        {t("save")}
      </Button>
    </form>
  );
}
