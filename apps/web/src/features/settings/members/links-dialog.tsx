import { useT } from "../../../lib/i18n.ts";
import type { SentInvitation } from "../../../lib/models.ts";
import { Button, CodeBox, CopyButton, Dialog } from "../../../ui/index.ts";
import { membersStrings } from "./strings.ts";

/** The links of invitations that no mail carries, the one time that they are seen. */
export function LinksDialog({
  invitations,
  onClose,
}: {
  invitations: SentInvitation[];
  onClose: () => void;
}) {
  const t = useT(membersStrings);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("link.title")}
      description={t("link.text")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      <ul className="flex flex-col gap-5">
        {invitations.map(({ id, email, link }) => (
          <li key={id} className="flex flex-col items-start gap-2 [&>section]:w-full">
            <p className="text-14 font-medium">
              <bdi>{email}</bdi>
            </p>
            <CodeBox code={link ?? ""} label={t("link.label", { email })} />
            <CopyButton text={link ?? ""} label={t("link.label", { email })} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
