import { z } from "zod";
import { AppError } from "../../platform/errors/index.ts";
import { tidyPhone } from "../../platform/text/index.ts";
import type { IdentityKind } from "./customers.types.ts";

const email = z.email().max(320);

/** One spelling for what means the same, so that it is found again. Throws VALIDATION_ERROR for what is none. */
export function normaliseIdentity(kind: IdentityKind, value: string): string {
  switch (kind) {
    case "email": {
      const found = email.safeParse(value.trim().toLowerCase());
      if (found.success) return found.data;
      throw invalid("An e-mail address looks like name@example.com.");
    }
    case "phone": {
      const digits = tidyPhone(value);
      if (/^\+?\d{5,15}$/.test(digits)) return digits;
      throw invalid("A phone number has 5 to 15 digits, with + and the country's code before them.");
    }
    case "social":
    case "device":
    case "external": {
      const text = value.toWellFormed().replaceAll("\0", "").trim();
      if (text.length >= 1 && text.length <= 200) return text;
      throw invalid("An id has 1 to 200 characters.");
    }
  }
}

function invalid(message: string): AppError {
  return new AppError("VALIDATION_ERROR", message);
}
