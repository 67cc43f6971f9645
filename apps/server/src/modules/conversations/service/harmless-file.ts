import { fileTypeFromBuffer } from "file-type";
import { AppError } from "../../../platform/errors/index.ts";

const office = "application/vnd.openxmlformats-officedocument";
const openDocument = "application/vnd.oasis.opendocument";

/** What anybody may send, by what the bytes are; with the endings under which each is known, the usual one first. */
const harmless: Readonly<Record<string, readonly [string, ...string[]]>> = {
  "image/png": ["png"],
  "image/jpeg": ["jpg", "jpeg"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "image/avif": ["avif"],
  "image/heic": ["heic"],
  "image/heif": ["heif"],
  "application/pdf": ["pdf"],
  [`${office}.wordprocessingml.document`]: ["docx"],
  [`${office}.spreadsheetml.sheet`]: ["xlsx"],
  [`${office}.presentationml.presentation`]: ["pptx"],
  [`${openDocument}.text`]: ["odt"],
  [`${openDocument}.spreadsheet`]: ["ods"],
  [`${openDocument}.presentation`]: ["odp"],
  "text/plain": ["txt", "csv", "tsv", "md", "log", "json"],
};

/**
 * A stranger's file by what it is, not by what it is called. One whose ending says something else gets the right one
 * after it, so that no program of the one who opens it runs what a picture's name hides.
 *
 * @throws AppError `FILE_TYPE_NOT_SUPPORTED` for programs, archives, documents with macros, and what is not recognised
 */
export async function asHarmlessFile(
  fileName: string,
  bytes: Uint8Array,
): Promise<{ fileName: string; contentType: string }> {
  const known = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const contentType = known?.mime ?? (isText(bytes) ? "text/plain" : "");
  const endings = harmless[contentType];
  if (!endings) {
    throw new AppError(
      "FILE_TYPE_NOT_SUPPORTED",
      "This kind of file cannot be sent. Send a picture, a PDF, a text, or a document of an office program without macros.",
    );
  }
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
  return { fileName: endings.includes(ending) ? fileName : `${fileName}.${endings[0]}`, contentType };
}

/** UTF-8 without the control characters that no text holds. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a file with none of these is text
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
  } catch {
    return false;
  }
}
