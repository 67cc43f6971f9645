import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { setLanguage, type Translate, useLanguage, useT } from "../../lib/i18n.ts";
import { languageNames, languages } from "../../lib/preferences.ts";
import { AuthError } from "../../lib/session.ts";
import { cx } from "../../ui/cx.ts";
import { authStrings } from "./strings.ts";

/** The calm page around sign-in and sign-up. */
export function AuthFrame({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
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

function explainAuth(error: unknown, t: Translate<(typeof authStrings)["tables"]["en"]>): AuthFailure {
  if (!(error instanceof AuthError)) return { whole: t("error.OFFLINE") };
  if (error.code === "OFFLINE") return { whole: t("error.OFFLINE") };
  if (error.code === "HTTP_429" || error.code === "RATE_LIMITED") return { whole: t("error.TOO_MANY") };
  if (error.code === "ACCOUNT_SUSPENDED") return { whole: t("error.ACCOUNT_SUSPENDED") };
  if (error.code === "INVALID_EMAIL_OR_PASSWORD") return { whole: t("error.INVALID_EMAIL_OR_PASSWORD") };
  if (error.code.startsWith("USER_ALREADY_EXISTS")) return { email: t("error.USER_ALREADY_EXISTS") };
  if (error.code === "INVALID_EMAIL") return { email: t("error.email") };
  return { whole: t("error.other", { reason: error.message || error.code }) };
}
