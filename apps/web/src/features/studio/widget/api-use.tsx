import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { may, useSession } from "../../../lib/session.ts";
import { buttonClass, CodeBox, CopyButton, Panel, Tabs } from "../../../ui/index.ts";
import { shareStrings } from "./share-strings.ts";
import { type Client, clientNames, clients, snippetFor } from "./snippets.ts";

/** How a program asks this bot: a few lines for each common client, and where the key comes from. */
export function ApiUse({ bot }: { bot: Bot }) {
  const t = useT(shareStrings);
  const session = useSession();
  const [client, setClient] = useState<Client>("curl");
  const code = snippetFor(client, location.origin, bot.publicUrlId);
  return (
    <Panel title={t("api.title")} description={t("api.text")} action={<CopyButton text={code} />}>
      <Tabs
        label={t("api.clients")}
        value={client}
        onChange={setClient}
        panelClassName="pt-3 outline-none"
        tabs={clients.map((value) => ({
          value,
          label: clientNames[value],
          panel: <CodeBox code={code} label={t("api.code", { client: clientNames[value] })} />,
        }))}
      />
      <p className="mt-3 text-13 text-ink-2">
        {may(session, "manage API keys") ? t("api.key") : t("api.key.ask")}
      </p>
      {may(session, "manage API keys") ? (
        <Link to="/settings" search={{ tab: "keys" }} className={`${buttonClass("secondary", "sm")} mt-3`}>
          {t("api.key.action")}
        </Link>
      ) : null}
    </Panel>
  );
}
