import type { PromiseLanguage } from "./presence.schema.ts";

/** What a visitor who asks for a person is promised where nobody is there. A tenant may have words of its own. */
export const defaultPromises: Readonly<Record<PromiseLanguage, string>> = {
  en: "Nobody is here at the moment. Your request is kept and stands in the queue: a colleague answers here as soon as one is back, and can reach you by e-mail if you leave an address.",
  fr: "Personne n’est là pour le moment. Votre demande est conservée et dans la file : un collègue vous répondra ici dès son retour, et pourra vous joindre par e-mail si vous laissez une adresse.",
  ar: "لا أحد هنا في الوقت الحالي. طلبك محفوظ وفي قائمة الانتظار: سيجيبك أحد الزملاء هنا فور عودته، ويمكنه مراسلتك بالبريد الإلكتروني إن تركت عنوانك.",
};
