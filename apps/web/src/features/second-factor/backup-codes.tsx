import { useT } from "../../lib/i18n.ts";
import { useSession } from "../../lib/session.ts";
import { Button, CopyButton } from "../../ui/index.ts";
import { factorStrings } from "./strings.ts";

/** The one time that backup codes are seen. */
export function BackupCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useT(factorStrings);
  const { user } = useSession();
  const text = codes.join("\n");
  const file = `${t("codes.file", { email: user.email })}\n\n${text}\n`;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h3 className="text-14 font-semibold">{t("codes.title")}</h3>
        <p className="mt-1 text-14 text-ink-2">{t("codes.text")}</p>
      </div>
      <ul
        dir="ltr"
        aria-label={t("codes.label")}
        className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-control bg-surface-2 p-4 text-center font-mono text-14"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={text} label={t("codes.label")} />
        <Button size="sm" onClick={() => download(file)}>
          {t("codes.download")}
        </Button>
        <Button variant="primary" className="ms-auto" onClick={onKept}>
          {t("codes.kept")}
        </Button>
      </div>
    </div>
  );
}

function download(text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "parlance-backup-codes.txt";
  link.click();
  URL.revokeObjectURL(url);
}
