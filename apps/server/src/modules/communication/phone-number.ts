import { AppError } from "../../platform/errors/index.ts";
import { tidyPhone } from "../../platform/text/index.ts";

/** A number as the world's networks know it (E.164). Throws VALIDATION_ERROR for one without its country's code. */
export function toPhoneNumber(text: string): string {
  const number = tidyPhone(text);
  if (/^\+[1-9]\d{6,14}$/.test(number)) return number;
  throw new AppError(
    "VALIDATION_ERROR",
    "A number that can be texted has + and the country's code before it, and 7 to 15 digits: +14155550123.",
  );
}
