import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { setLanguage, type Translate, useLanguage, useT } from "../../lib/i18n.ts";
import { languageNames, languages } from "../../lib/preferences.ts";
import { errorCodeOf } from "../../lib/trpc.ts";
import { cx } from "../../ui/cx.ts";
import { authStrings } from "./strings.ts";

/** The calm page around sign-in and sign-up. */
export function AuthFrame({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  const t = useT(authStrings);
  const language = useLanguage();
  return (
    <main className="flex min-h-full flex-col items-center justify-center gap-6 overflow-auto px-4 py-10">
      <title>{`${title} · Parlance`}</title>
      <div className="flex items-center gap-2.5">
        <img src="/icon.svg" alt="" className="size-7" />
        <span className="text-20 font-semibold">Parlance</span>
      </div>
      <section className="w-full max-w-sm rounded-panel border border-line bg-surface-1 p-6">
        <h1 className="text-20 font-semibold">{title}</h1>
        {text ? <p className="mt-1 text-14 text-ink-2">{text}</p> : null}
        {children}
      </section>
      <fieldset aria-label={t("language")} className="flex gap-1">
        {languages.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            aria-pressed={each === language}
            onClick={() => setLanguage(each)}
            className={cx(
              "rounded-control px-2.5 py-1.5 text-13 hover:bg-surface-2",
              each === language ? "font-semibold text-ink-1" : "text-ink-2",
            )}
          >
            {languageNames[each]}
          </button>
        ))}
      </fieldset>
    </main>
  );
}

/** What went wrong, field by field, or as a whole. */
export interface AuthFailure {
  name?: string;
  email?: string;
  password?: string;
  whole?: string;
}

const fieldOrder = ["name", "email", "password"] as const;

/** State of an authentication form: checks before sending, focuses the first field at fault, keeps what was typed. */
export function useAuthForm(
  check: (values: FormData) => AuthFailure,
  send: (values: FormData) => Promise<void>,
) {
  const t = useT(authStrings);
  const [failure, setFailure] = useState<AuthFailure>({});
  const [pending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const values = new FormData(event.currentTarget);
    const found = check(values);
    setFailure(found);
    const first = fieldOrder.find((name) => found[name] !== undefined);
    if (first !== undefined) {
      form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setPending(true);
    try {
      await send(values);
    } catch (error) {
      setFailure(explainAuth(error, t));
    } finally {
      setPending(false);
    }
  }
  return { form, failure, pending, onSubmit };
}

export function textValue(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === "string" ? value.trim() : "";
}

export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/** Passwords are not trimmed: a space may be part of one. */
export function passwordValue(values: FormData): string {
  return String(values.get("password") ?? "");
}

/** Why a way in is closed, field by field where that is known. */
export function explainAuth(error: unknown, t: Translate<(typeof authStrings)["tables"]["en"]>): AuthFailure {
  switch (errorCodeOf(error)) {
    case null:
      return { whole: t("error.OFFLINE") };
    case "TOO_MANY_REQUESTS":
      return { whole: t("error.TOO_MANY") };
    case "ACCOUNT_SUSPENDED":
      return { whole: t("error.ACCOUNT_SUSPENDED") };
    case "UNAUTHORIZED":
      return { whole: t("error.wrong") };
    case "EMAIL_TAKEN":
      return { email: t("error.taken") };
    default:
      return { whole: t("error.other", { reason: error instanceof Error ? error.message : "" }) };
  }
}
