import type { ComponentChild, h as createElement } from "preact";
import type { Credentials } from "./api.ts";
import type { Locale } from "./strings.ts";
import type { Message, SentFile } from "./types.ts";

/** What a message may carry; the server holds to the same. */
const MOST_FILES = 10;
const MOST_BYTES = 10 * 1024 * 1024;
/** What the picker shows first; the server tells by the bytes. */
const ACCEPT = "image/*,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv,.tsv,.md,.log,.json";
const CLIP = "M21 11l-9 9a6 6 0 0 1-8-8l9-9a4 4 0 0 1 6 6l-9 9a2 2 0 0 1-3-3l8-8";

const WORDS = {
  en: {
    attach: "Attach files",
    files: "Files",
    sending: "Sending {}",
    open: "Download {}",
    remove: "Remove {}",
    retry: "Try again: {}",
    failed: "Not sent",
    large: "Larger than 10 MB",
    empty: "Empty",
    kind: "This kind of file cannot be sent",
    busy: "Too many files. Please wait.",
    lost: "Could not be opened. Please try again.",
  },
  fr: {
    attach: "Joindre des fichiers",
    files: "Fichiers",
    sending: "Envoi de {}",
    open: "Télécharger {}",
    remove: "Retirer {}",
    retry: "Réessayer : {}",
    failed: "Non envoyé",
    large: "Plus de 10 Mo",
    empty: "Vide",
    kind: "Ce type de fichier ne peut pas être envoyé",
    busy: "Trop de fichiers. Patientez.",
    lost: "Ouverture impossible. Réessayez.",
  },
  ar: {
    attach: "إرفاق ملفات",
    files: "الملفات",
    sending: "جارٍ إرسال {}",
    open: "تنزيل {}",
    remove: "إزالة {}",
    retry: "أعد المحاولة: {}",
    failed: "لم يُرسل",
    large: "أكبر من 10 ميغابايت",
    empty: "فارغ",
    kind: "لا يمكن إرسال هذا النوع من الملفات",
    busy: "ملفات كثيرة. انتظر قليلًا.",
    lost: "تعذّر الفتح. حاول مرة أخرى.",
  },
} satisfies Record<Locale, Record<string, string>>;

type Word = keyof (typeof WORDS)["en"];

/** A file of the message that is being written. */
interface Upload {
  key: number;
  file: File;
  /** 0 to 1 while it is sent. */
  share: number;
  /** Set once it is there. */
  sent?: SentFile;
  problem?: Word;
  request?: XMLHttpRequest;
}

/** By the server's refusal; 0 where none came. */
const PROBLEMS: Partial<Record<number, Word>> = { 413: "large", 415: "kind", 429: "busy" };

export type Files = ReturnType<typeof files>;

/**
 * The files of a conversation as the widget draws them, with the widget's own `h`; loaded when the chat is opened first.
 * Files are sent as soon as they are chosen, pasted or dropped, and go with the next message.
 *
 * @param api the server's origin
 * @param ready the open session; a new one where it is asked for again
 * @param locale in which language, at each drawing
 * @param changed asks for another drawing
 */
export function files(
  h: typeof createElement,
  api: string,
  ready: (again?: boolean) => Promise<Credentials>,
  locale: () => Locale,
  changed: () => void,
) {
  let uploads: Upload[] = [];
  let keys = 0;
  /** A file of a message that did not open. */
  let unopened: string | undefined;
  /** The panel whose drops and pastes are listened to. */
  let listening: Element | null | undefined;

  const t = (word: Word, name = "") => WORDS[locale()][word].replace("{}", () => name);

  function sizeOf(bytes: number): string {
    const power = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
    const value = bytes / 1000 ** power;
    const unit = ["byte", "kilobyte", "megabyte"][power];
    const digits = { maximumFractionDigits: value < 10 ? 1 : 0 };
    return new Intl.NumberFormat(locale(), {
      style: "unit",
      unit,
      unitDisplay: power ? "short" : "long",
      ...digits,
    }).format(value);
  }

  function add(chosen: Iterable<File>): void {
    for (const file of [...chosen].slice(0, MOST_FILES - uploads.length)) {
      const upload: Upload = { key: ++keys, file, share: 0 };
      uploads = [...uploads, upload];
      if (file.size === 0) upload.problem = "empty";
      else if (file.size > MOST_BYTES) upload.problem = "large";
      else void send(upload);
    }
    changed();
  }

  async function send(upload: Upload, again = false): Promise<void> {
    delete upload.problem;
    upload.share = 0;
    changed();
    try {
      const [who, base64Content] = await Promise.all([ready(again), base64Of(upload.file)]);
      const body = JSON.stringify({ fileName: upload.file.name.slice(0, 255) || "file", base64Content });
      const request = new XMLHttpRequest(); // `fetch` tells nothing of how far it is
      upload.request = request;
      request.open("POST", `${api}/api/chat/${who.conversationId}/attachments`);
      request.setRequestHeader("authorization", `Bearer ${who.token}`);
      request.setRequestHeader("content-type", "application/json");
      request.upload.onprogress = ({ loaded, total }) => {
        upload.share = loaded / total;
        changed();
      };
      await new Promise((resolve) => {
        request.onloadend = resolve;
        request.send(body);
      });
      if (request.status === 201) upload.sent = JSON.parse(request.responseText);
      else upload.problem = PROBLEMS[request.status] ?? "failed";
    } catch {
      upload.problem = "failed";
    }
    changed();
  }

  function remove(upload: Upload): void {
    upload.request?.abort();
    uploads = uploads.filter((one) => one !== upload);
    changed();
  }

  /** Opens the link that the server gives, as a download. */
  async function open({ id }: SentFile): Promise<void> {
    unopened = undefined;
    try {
      const who = await ready();
      const headers = { authorization: `Bearer ${who.token}` };
      const path = `${api}/api/chat/${who.conversationId}/attachments/${id}`;
      const response = await fetch(path, { headers, credentials: "omit" });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const link = document.createElement("a");
      link.href = (await response.json()).url;
      link.target = "_blank";
      link.rel = "noopener";
      link.click();
    } catch {
      unopened = id;
    }
    changed();
  }

  /** Takes what is dropped or pasted anywhere in the chat. */
  function listenIn(button: Element | null): void {
    const panel = button?.closest(".panel");
    if (!panel || panel === listening) return;
    listening = panel;
    const take = (event: Event, data: DataTransfer | null) => {
      if (!data?.types.includes("Files")) return;
      event.preventDefault();
      if (event.type !== "dragover") add(data.files);
    };
    for (const type of ["dragover", "drop"]) {
      panel.addEventListener(type, (event) => event instanceof DragEvent && take(event, event.dataTransfer));
    }
    panel.addEventListener(
      "paste",
      (event) => event instanceof ClipboardEvent && take(event, event.clipboardData),
    );
  }

  const row = { display: "flex", alignItems: "center", gap: "8px" };
  /** A file's name, and below it what there is to say of it. */
  const named = (name: string, said: ComponentChild) =>
    h(
      "span",
      { style: { flex: 1, textAlign: "start", overflowWrap: "anywhere" } },
      h("bdi", null, name),
      h("span", { class: "fine", style: { display: "block" } }, said),
    );
  const act = (word: Word, name: string, sign: string, onClick: () => void) =>
    h("button", { type: "button", class: "plain", "aria-label": t(word, name), onClick }, sign);

  function chip(upload: Upload): ComponentChild {
    const { file, share, sent, problem } = upload;
    const isWaiting = !sent && !problem;
    return h(
      "li",
      { key: upload.key, style: row },
      named(
        file.name,
        isWaiting
          ? h("progress", {
              value: share,
              "aria-label": t("sending", file.name),
              style: { inlineSize: "100%", accentColor: "var(--accent)" },
            })
          : problem
            ? h("span", { role: "alert" }, t(problem))
            : sizeOf(file.size),
      ),
      problem === "failed" || problem === "busy"
        ? act("retry", file.name, "↻", () => void send(upload, true))
        : null,
      act("remove", file.name, "✕", () => remove(upload)),
    );
  }

  return {
    /** Whether a message may go: none of its files is on the way, and it has words or a file. */
    may: (text: string) =>
      !uploads.some(({ sent, problem }) => !sent && !problem) &&
      (text !== "" || uploads.some(({ sent }) => sent)),

    /** Gives the files to a message that goes now. */
    goWith(message: Message): void {
      const going = uploads.flatMap(({ sent }) => sent ?? []);
      uploads = uploads.filter(({ sent }) => !sent);
      message.parts.push(...going.map((data) => ({ type: "data-attachment" as const, data })));
      message.attachmentIds = going.map(({ id }) => id);
    },

    /** What goes with the next message, and how far each is. */
    list: () =>
      uploads.length > 0 &&
      h(
        "ul",
        {
          class: "banner",
          "aria-label": t("files"),
          style: { listStyle: "none", overflowY: "auto", minBlockSize: "60px" },
        },
        uploads.map(chip),
      ),

    /** What chooses files: a button of ours, for browsers draw theirs in their own words. */
    button: () => [
      h(
        "button",
        {
          type: "button",
          class: "plain",
          "aria-label": t("attach"),
          ref: listenIn,
          onClick: ({ currentTarget }: { currentTarget: HTMLElement }) => {
            const picker = currentTarget.nextElementSibling;
            if (picker instanceof HTMLInputElement) picker.click();
          },
        },
        h("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, h("path", { d: CLIP })),
      ),
      h("input", {
        type: "file",
        multiple: true,
        hidden: true,
        accept: ACCEPT,
        onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
          add(currentTarget.files ?? []);
          currentTarget.value = ""; // the same file may be chosen again
        },
      }),
    ],

    /** The files of a message, each to be downloaded. */
    of: ({ parts }: Message): ComponentChild =>
      parts.map(
        (part) =>
          part.type === "data-attachment" &&
          h(
            "button",
            {
              key: part.data.id,
              type: "button",
              class: "quiet",
              "aria-label": t("open", part.data.fileName),
              style: { color: "var(--text)" },
              onClick: () => void open(part.data),
            },
            named(part.data.fileName, unopened === part.data.id ? t("lost") : sizeOf(part.data.size)),
          ),
      ),
  };
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    reader.onload = () => resolve(`${reader.result}`.replace(/^[^,]*,/, ""));
    reader.readAsDataURL(file);
  });
}
