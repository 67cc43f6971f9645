import type { PromiseLanguage } from "./presence.schema.ts";

/** What a visitor who asks for a person is promised where nobody is there. A tenant may have words of its own. */
export const defaultPromises: Readonly<Record<PromiseLanguage, string>> = {
  en: "Nobody is here at the moment. Your request is kept and stands in the queue: a colleague answers here as soon as one is back. Leave your e-mail address so that you can be reached.",
  fr: "Personne n’est là pour le moment. Votre demande est conservée et dans la file : un collègue vous répondra ici dès son retour. Laissez votre adresse e-mail pour que l’on puisse vous joindre.",
  ar: "لا أحد هنا في الوقت الحالي. طلبك محفوظ وفي قائمة الانتظار: سيجيبك أحد الزملاء هنا فور عودته. اترك بريدك الإلكتروني ليمكن الوصول إليك.",
};
