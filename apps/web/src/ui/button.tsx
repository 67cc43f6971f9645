import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent-fill text-on-accent hover:bg-accent-fill-hover",
  secondary: "border border-line-strong bg-surface-1 text-ink-1 hover:bg-surface-2",
  ghost: "text-ink-2 hover:bg-surface-2 hover:text-ink-1",
  danger: "border border-line-strong bg-surface-1 text-bad hover:bg-bad-soft",
};

/** The look of a button, for links that should look like one. */
export function buttonClass(variant: ButtonVariant = "secondary", size: "sm" | "md" = "md"): string {
  return cx(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control font-medium whitespace-nowrap transition-colors",
    "disabled:opacity-55 aria-disabled:opacity-55",
    size === "sm" ? "h-7 px-2.5 text-13" : "h-8 px-3 text-14",
    variants[variant],
  );
}

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: "sm" | "md";
  icon?: ReactNode;
  /** Work is under way: the button keeps its size, refuses clicks, and shows a spinner after 300 ms. */
  pending?: boolean;
}

export function Button({
  variant,
  size,
  icon,
  pending = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={cx(buttonClass(variant, size), className)}
      {...rest}
    >
      {pending ? (
        <span className="appear-late">
          <LoaderCircle className="size-4 animate-spin" aria-hidden />
        </span>
      ) : (
        icon
      )}
      {children}
    </button>
  );
}
