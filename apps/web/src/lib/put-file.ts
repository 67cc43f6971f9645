/** The storage did not take the file. `status` 0: it was not reached. */
export class UploadError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * PUTs a file. XMLHttpRequest, because fetch cannot tell how much of a body has been sent.
 * Rejects with UploadError, or with the signal's reason after an abort.
 */
export function putFile(
  url: string,
  file: File,
  headers: Readonly<Record<string, string>>,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onShare(total === 0 ? 0 : loaded / total);
    request.onload = () =>
      request.status >= 200 && request.status < 300
        ? resolve()
        : reject(new UploadError(request.status, messageIn(request.responseText)));
    request.onerror = () => reject(new UploadError(0, ""));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

/** The server's plain words, where its answer has some. */
function messageIn(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    for (const name of ["message", "detail"]) {
      const text: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : null;
      if (typeof text === "string") return text;
    }
  } catch {
    // Not JSON, such as an object store's XML: nothing for a reader in it.
  }
  return "";
}
