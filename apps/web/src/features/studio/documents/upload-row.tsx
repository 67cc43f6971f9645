import { FileUp, FileX, RotateCcw, X } from "lucide-react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { Button, IconButton, uiStrings } from "../../../ui/index.ts";
import { ItemRow } from "./item-row.tsx";
import { documentsTabStrings } from "./strings.ts";
import { explainUpload } from "./upload-failure.ts";
import { isUnderWay, type Upload, type UploadQueue } from "./upload-queue.ts";

/** A file on its way, or one that was refused or lost, until it is sent or dismissed. */
export function UploadRow({ upload, queue }: { upload: Upload; queue: UploadQueue }) {
  const t = useT(documentsTabStrings);
  const kit = useT(uiStrings);
  const format = useFormat();
  const { id, file, state } = upload;
  const share = state.kind === "sending" ? state.share : 0;

  function line(): string {
    switch (state.kind) {
      case "refused":
        return t(`refused.${state.refusal}`, { size: format.bytes(file.size) });
      case "waiting":
        return t("upload.waiting");
      case "sending":
        return share < 1 ? t("upload.sending", { percent: format.percent(share) }) : t("upload.finishing");
      case "failed":
        return explainUpload(state.error, t, kit);
    }
  }

  const bad = state.kind === "refused" || state.kind === "failed";
  return (
    <ItemRow
      icon={bad ? <FileX aria-hidden /> : <FileUp aria-hidden />}
      name={<bdi>{file.name}</bdi>}
      line={bad ? <span role="alert">{line()}</span> : line()}
      bad={bad}
      progress={isUnderWay(upload) ? { value: share * 100, label: file.name } : null}
      actions={
        <>
          {state.kind === "failed" ? (
            <Button
              size="sm"
              icon={<RotateCcw className="size-4" aria-hidden />}
              onClick={() => queue.retry(id)}
            >
              {t("row.retry")}
            </Button>
          ) : null}
          <IconButton
            size="sm"
            label={t(bad ? "upload.dismiss" : "upload.cancel", { name: file.name })}
            icon={<X className="size-4" aria-hidden />}
            onClick={() => queue.remove(id)}
          />
        </>
      }
    />
  );
}
