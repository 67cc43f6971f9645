import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { Select, TextArea, TextField } from "../../../ui/index.ts";
import type { Faults } from "./oidc-fields.tsx";
import type { SsoConfig, SsoInput } from "./sso-config.ts";
import { signInStrings } from "./strings.ts";

const ways = ["keep", "url", "xml", "hand"] as const;
/** How a SAML provider is described. */
export type SamlWay = (typeof ways)[number];

export function SamlFields({
  config,
  way,
  onWay,
  faults,
}: {
  config: SsoConfig | null;
  way: SamlWay;
  onWay: (way: SamlWay) => void;
  faults: Faults;
}) {
  const t = useT(signInStrings);
  const missing = (name: string) => (faults[name] ? t("missing.field") : null);
  const url = { type: "url", dir: "ltr" } as const;
  return (
    <>
      <Select
        label={t("saml.how")}
        value={way}
        options={ways
          .filter((value) => value !== "keep" || config !== null)
          .map((value) => ({ value, label: t(`saml.${value}`) }))}
        onChange={onWay}
      />
      {way === "keep" && config ? <Certificates config={config} /> : null}
      {way === "url" ? (
        <TextField label={t("metadataUrl")} name="metadataUrl" {...url} error={missing("metadataUrl")} />
      ) : null}
      {way === "xml" ? (
        <TextArea
          label={t("metadataXml")}
          name="metadataXml"
          dir="ltr"
          rows={6}
          boxClassName="font-mono text-12"
          error={missing("metadataXml")}
        />
      ) : null}
      {way === "hand" ? (
        <>
          <TextField label={t("idpEntityId")} name="entityId" dir="ltr" error={missing("entityId")} />
          <TextField label={t("entryPoint")} name="entryPoint" {...url} error={missing("entryPoint")} />
          <TextArea
            label={t("certificate")}
            name="certificate"
            dir="ltr"
            rows={5}
            placeholder="-----BEGIN CERTIFICATE-----"
            boxClassName="font-mono text-12"
            error={missing("certificate")}
          />
        </>
      ) : null}
    </>
  );
}

function Certificates({ config }: { config: SsoConfig }) {
  const t = useT(signInStrings);
  const format = useFormat();
  return (
    <div>
      <p className="text-12 text-ink-3">{t("certificates")}</p>
      <ul className="mt-1 flex flex-col gap-1">
        {config.certificates.map(({ fingerprint, subject, validUntil, expired }) => (
          <li key={fingerprint} className="text-13">
            <bdi className="break-all">{subject}</bdi>{" "}
            <span className={expired ? "text-bad" : "text-ink-3"}>
              {t(expired ? "certificate.expired" : "certificate.until", {
                date: format.day(new Date(validUntil)),
              })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const fieldsOf = {
  keep: [],
  url: ["metadataUrl"],
  xml: ["metadataXml"],
  hand: ["entityId", "entryPoint", "certificate"],
} as const;

export function readSaml(
  way: SamlWay,
  read: (name: string) => string,
): { input: Pick<SsoInput, "saml">; faults: Faults } {
  const empty = fieldsOf[way].filter((name) => read(name) === "");
  const faults: Faults = Object.fromEntries(empty.map((name) => [name, "missing"]));
  if (way === "url") return { input: { saml: { metadataUrl: read("metadataUrl") } }, faults };
  if (way === "xml") return { input: { saml: { metadataXml: read("metadataXml") } }, faults };
  if (way === "keep") return { input: {}, faults };
  const [entityId, entryPoint, certificate] = [read("entityId"), read("entryPoint"), read("certificate")];
  return { input: { saml: { entityId, entryPoint, certificate } }, faults };
}
