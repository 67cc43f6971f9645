import { useT } from "../../lib/i18n.ts";
import { TextField } from "../../ui/text-field.tsx";
import { authStrings } from "./strings.ts";

/** The server's bounds of a new password. */
export const shortest = 8;
export const longest = 256;

export function EmailField({
  value,
  error,
  autoFocus,
}: {
  value?: string | undefined;
  error?: string | undefined;
  autoFocus?: boolean;
}) {
  const t = useT(authStrings);
  return (
    <TextField
      label={t("email")}
      name="email"
      type="email"
      dir="ltr"
      autoComplete="username"
      defaultValue={value}
      autoFocus={autoFocus}
      error={error}
    />
  );
}

export function NewPasswordField({ error, autoFocus }: { error?: string | undefined; autoFocus?: boolean }) {
  const t = useT(authStrings);
  return (
    <TextField
      label={t("password")}
      name="password"
      type="password"
      dir="ltr"
      maxLength={longest}
      autoComplete="new-password"
      hint={t("password.hint")}
      autoFocus={autoFocus}
      error={error}
    />
  );
}
