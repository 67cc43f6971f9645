export { mailQueue } from "./mail.jobs.ts";
export { type OutgoingMail, queueMail } from "./service/queue-mail.ts";
export { forgetMailsTo, giveUpMail, sendMail, tidyMails } from "./service/send-mail.ts";
