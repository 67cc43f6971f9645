import type { MessageClassification } from "../assist.schema.ts";

/** Characters that are looked through, and entities of a kind that are told. */
const longest = 8_000;
const most = 20;

// Every repetition is bounded, and what may repeat cannot also be what follows it: no text takes long.
const emails = /[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,24}){1,4}/g;
const accounts =
  /(?:account|acct|customer|client|compte|حساب|حسابي)(?: (?:id|number|no|n°|رقم))?\.?[ :#]{1,4}([A-Z]{0,5}[-_]?\d{3,16})(?![\w-])/giu;
const accountCodes = /(?<![\w-])(?:ACC|ACCT|CUST|CLT)[-_]?\d{3,16}(?![\w-])/g;
const orders =
  /(?:order|booking|parcel|package|tracking|ticket|invoice|commande|colis|facture|طلب|طلبي|شحنة|فاتورة)(?: (?:id|number|no|n°|numéro|رقم))?\.?[ :#]{1,4}([A-Z]{0,6}[-_]?\d[A-Z0-9-]{2,22})(?![\w-])/giu;
const orderCodes = /(?<![\w-])(?:ORD|PO|INV|CMD)[-_]?\d{3,16}(?![\w-])/g;
const hashes = /(?<![\w&])#(\d{3,14})(?!\w)/g;
const namedErrors =
  /(?:error|erreur|code|status|خطأ|رمز)(?: (?:code|number|no|رقم))?[ :#]{1,4}([A-Z]{0,8}[-_]?\d{2,8})(?![\w-])/giu;
const errorCodes = /(?<![\w-])(?:ERR|ERROR|E|EX|SQLSTATE|HTTP)[-_ ]?(?:[A-Z]{1,12}[-_])?\d{2,8}(?![\w-])/g;
const errorWords = /(?<![\w-])ERR(?:_[A-Z0-9]{1,20}){1,6}(?!\w)/g;
const hexCodes = /(?<!\w)0x[0-9a-fA-F]{2,16}(?!\w)/g;
const currency = "(?:USD|EUR|GBP|MAD|SAR|AED|EGP|TND|CHF|CAD)";
const number = "\\d{1,9}(?:[.,  ]\\d{3}){0,3}(?:[.,]\\d{1,2})?";
const amountsBefore = new RegExp(`(?:[$€£]|(?<!\\w)${currency}) ?${number}(?!\\d)`, "g");
const amountsAfter = new RegExp(
  `(?<![\\d.,])${number} ?(?:[€$£]|(?:${currency}|euros?|dollars?|dirhams?|pounds?)(?!\\w)|ريال|درهم|دينار|دولار|يورو|جنيه)`,
  "gi",
);

/** What a text names that can be looked up, by patterns; words of a customer are data and nothing else. */
export function entitiesOf(text: string): MessageClassification["entities"] {
  const read = text.slice(0, longest).replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
  const accountIds = found(read, accounts, accountCodes);
  const errors = found(read, namedErrors, errorCodes, errorWords, hexCodes);
  const orderNumbers = found(read, orders, orderCodes, hashes).filter((name) => !accountIds.includes(name));
  return {
    accountIds,
    errorCodes: errors,
    orderNumbers,
    amounts: found(read, amountsBefore, amountsAfter),
    emails: found(read, emails),
  };
}

/** Each once, in the order of the patterns; of a pattern with a group, what the group holds. */
function found(text: string, ...patterns: RegExp[]): string[] {
  const all = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([whole, group]) => (group ?? whole).trim()),
  );
  return [...new Set(all)].slice(0, most);
}
