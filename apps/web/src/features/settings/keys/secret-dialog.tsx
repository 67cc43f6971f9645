import { useT } from "../../../lib/i18n.ts";
import { Button, CodeBox, CopyButton, Dialog } from "../../../ui/index.ts";
import { keyStrings } from "./strings.ts";

/** The one time that a key is seen whole. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useT(keyStrings);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("secret.title")}
      description={t("secret.text")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("secret.done")}
        </Button>
      }
    >
      <div className="flex flex-col items-start gap-3 [&>section]:w-full">
        <CodeBox code={secret} label={t("secret.label")} />
        <CopyButton text={secret} label={t("secret.label")} />
      </div>
    </Dialog>
  );
}
