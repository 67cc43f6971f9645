import { Download } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { buttonClass, CopyButton, Select } from "../../../ui/index.ts";
import { DetailsForm } from "./details-form.tsx";
import { DomainStep } from "./domain-step.tsx";
import { type SsoSetUp, type Template, templates } from "./sso-config.ts";
import { Step, ValueLine } from "./step.tsx";
import { signInStrings } from "./strings.ts";
import { SwitchStep } from "./switch-step.tsx";
import { TestStep } from "./test-step.tsx";

/** Everything from choosing a provider to switching on, in the order in which it is done. */
export function SetUpSteps({ setUp }: { setUp: SsoSetUp }) {
  const t = useT(signInStrings);
  const { config, ours } = setUp;
  const [template, setTemplate] = useState<Template>(config?.template ?? "google");
  const [isTested, setTested] = useState(false);
  const isSaml = template === "saml";
  // what is saved is of the provider that is chosen above
  const saved = config && config.protocol === (isSaml ? "saml" : "oidc") ? config : null;
  const values = isSaml ? (["acsUrl", "entityId"] as const) : (["redirectUri"] as const);
  const later = <p className="text-13 text-ink-3">{t("step.later")}</p>;

  return (
    <ol className="flex flex-col gap-5 border-t border-line pt-5">
      <Step number={1} title={t("step.provider")} isDone={saved !== null}>
        <Select
          label={t("template")}
          value={template}
          options={templates.map((value) => ({ value, label: t(`template.${value}`) }))}
          onChange={setTemplate}
          className="max-w-sm"
        />
      </Step>
      <Step number={2} title={t("step.paste")} isDone={saved !== null}>
        <p className="max-w-prose text-13 text-ink-2">{t(`guide.${template}`)}</p>
        <div className="flex flex-col gap-3 rounded-control border border-line p-3">
          {values.map((name) => (
            <ValueLine
              key={name}
              name={t(name)}
              value={ours[name]}
              action={<CopyButton text={ours[name]} label={t(name)} />}
            />
          ))}
        </div>
        {isSaml ? (
          <a href={ours.metadataUrl} download className={`${buttonClass("secondary", "sm")} self-start`}>
            <Download className="size-4" aria-hidden />
            {t("metadata")}
          </a>
        ) : null}
      </Step>
      <Step number={3} title={t("step.details")} isDone={saved !== null}>
        <DetailsForm key={template} template={template} setUp={setUp} onSaved={() => setTested(false)} />
      </Step>
      <Step number={4} title={t("step.test")} isDone={isTested}>
        {saved ? <TestStep key={saved.updatedAt} onTested={setTested} /> : later}
      </Step>
      <Step number={5} title={t("step.domain")} isDone={saved !== null && saved.domainVerifiedAt !== null}>
        {saved ? <DomainStep config={saved} /> : later}
      </Step>
      <Step number={6} title={t("step.switch")} isDone={saved?.status === "on"}>
        {saved ? <SwitchStep config={saved} /> : later}
      </Step>
    </ol>
  );
}
