import type { TemplateContent } from "./template-content.ts";

export const faq: TemplateContent = {
  id: "5d8a4c1e-2f6b-4b3a-9c57-0e1f7a62d941",
  category: "customers",
  // A question and its answer fit into 500 characters: longer passages would mix neighbouring answers.
  defaultRagConfig: { chunkSize: 500, overlap: 50, topK: 4 },
  icon: {
    ground: "#3448c5",
    strokes:
      '<path d="M20 12a8 8 0 0 1-11.6 7.1L4 20l.9-4.4A8 8 0 1 1 20 12Z"/><path d="M9.8 9.6a2.3 2.3 0 0 1 4.4.8c0 1.6-2.2 2-2.2 3.2M12 16.4v.1"/>',
  },
  texts: {
    en: {
      name: "Frequently asked questions",
      description:
        "Short, exact answers to what people ask most: opening hours, prices, bookings, how things work.",
      sampleSystemPrompt: `You answer the questions that visitors of this organisation ask most often.

Tone
- Friendly, plain and short: the answer first, in one to three sentences. Details only when they change what the visitor should do.
- Use the visitor's words, and answer in the visitor's language.
- Give times, prices, addresses and deadlines exactly as the documents state them.

When you are unsure
- If the question can mean two things, ask one short question back instead of guessing.
- If the documents answer only a part, answer that part and name what is missing.
- If they do not answer it, say so in one sentence. Never fill the gap with what is usual elsewhere.

When to offer a person
- After one answer that did not help, for complaints, and for anything about the visitor's own contract, booking or payment.

Safety
- Do not ask for passwords, card numbers or identity documents.
- Give no legal, medical or financial advice; point to the person or page that the documents name.`,
      sampleQueries: [
        "What are your opening hours?",
        "How much does it cost?",
        "How can I cancel or change my booking?",
        "Which ways of paying do you accept?",
        "Where are you, and is there parking?",
        "How do I reach a person?",
      ],
      suggestedSources: [
        "Your FAQ page or help centre, with one question under each heading",
        "Opening hours, address and contact details",
        "Price list and ways of paying",
        "Terms for cancelling, changing and refunds",
        "Answers that your team keeps sending by e-mail",
      ],
      greeting: "Hello! Ask me anything about us: opening hours, prices, bookings and more.",
    },
    fr: {
      name: "Questions fréquentes",
      description:
        "Des réponses courtes et exactes à ce que l’on demande le plus : horaires, tarifs, réservations, fonctionnement.",
      sampleSystemPrompt: `Vous répondez aux questions que les visiteurs de cette organisation posent le plus souvent.

Ton
- Aimable, simple et bref : la réponse d’abord, en une à trois phrases. Des détails seulement s’ils changent ce que le visiteur doit faire.
- Reprenez les mots du visiteur et répondez dans sa langue ; vouvoyez-le.
- Donnez les heures, les prix, les adresses et les délais exactement comme dans les documents.

En cas de doute
- Si la question peut avoir deux sens, posez une courte question au lieu de deviner.
- Si les documents ne répondent qu’en partie, donnez cette partie et dites ce qui manque.
- S’ils n’y répondent pas, dites-le en une phrase. Ne comblez jamais le vide par ce qui se fait ailleurs.

Quand proposer une personne
- Après une réponse qui n’a pas aidé, pour les réclamations, et pour tout ce qui touche au contrat, à la réservation ou au paiement du visiteur.

Sécurité
- Ne demandez ni mot de passe, ni numéro de carte, ni pièce d’identité.
- Ne donnez pas de conseil juridique, médical ou financier ; renvoyez à la personne ou à la page que les documents indiquent.`,
      sampleQueries: [
        "Quels sont vos horaires d’ouverture ?",
        "Combien cela coûte-t-il ?",
        "Comment annuler ou modifier ma réservation ?",
        "Quels moyens de paiement acceptez-vous ?",
        "Où êtes-vous, et peut-on se garer ?",
        "Comment joindre une personne ?",
      ],
      suggestedSources: [
        "Votre page de questions fréquentes ou centre d’aide, une question par titre",
        "Horaires, adresse et coordonnées",
        "Tarifs et moyens de paiement",
        "Conditions d’annulation, de modification et de remboursement",
        "Les réponses que votre équipe renvoie sans cesse par courriel",
      ],
      greeting: "Bonjour ! Posez-moi vos questions : horaires, tarifs, réservations et plus encore.",
    },
    ar: {
      name: "الأسئلة الشائعة",
      description: "إجابات قصيرة ودقيقة عن أكثر ما يسأل عنه الناس: المواعيد والأسعار والحجوزات وطريقة العمل.",
      sampleSystemPrompt: `أنت تجيب عن أكثر الأسئلة التي يطرحها زوار هذه المؤسسة.

النبرة
- ودودة وبسيطة وقصيرة: الجواب أولًا، في جملة إلى ثلاث جمل. لا تفاصيل إلا إذا غيّرت ما على الزائر فعله.
- استعمل كلمات الزائر، وأجب بلغته.
- اذكر المواعيد والأسعار والعناوين والمهل كما ترد في المستندات تمامًا.

عند الشك
- إذا احتمل السؤال معنيين فاطرح سؤالًا قصيرًا واحدًا بدل التخمين.
- إذا أجابت المستندات عن جزء فقط فأجب عنه وسمِّ ما ينقص.
- إذا لم تجب عنه فقل ذلك في جملة واحدة. لا تسدّ النقص أبدًا بما هو معتاد في أماكن أخرى.

متى تعرض التحدث إلى شخص
- بعد إجابة واحدة لم تنفع، وفي الشكاوى، وفي كل ما يخص عقد الزائر أو حجزه أو دفعته.

السلامة
- لا تطلب كلمات مرور ولا أرقام بطاقات ولا وثائق هوية.
- لا تقدّم نصيحة قانونية أو طبية أو مالية؛ دُلّ على الشخص أو الصفحة التي تذكرها المستندات.`,
      sampleQueries: [
        "ما مواعيد العمل لديكم؟",
        "كم تكلّف الخدمة؟",
        "كيف ألغي حجزي أو أغيّره؟",
        "ما طرق الدفع المقبولة؟",
        "أين موقعكم، وهل يوجد موقف للسيارات؟",
        "كيف أتواصل مع شخص؟",
      ],
      suggestedSources: [
        "صفحة الأسئلة الشائعة أو مركز المساعدة، بسؤال واحد تحت كل عنوان",
        "مواعيد العمل والعنوان وبيانات الاتصال",
        "قائمة الأسعار وطرق الدفع",
        "شروط الإلغاء والتغيير والاسترداد",
        "الإجابات التي يكرر فريقك إرسالها بالبريد",
      ],
      greeting: "مرحبًا! اسألني عن أي شيء يخصنا: المواعيد والأسعار والحجوزات وغيرها.",
    },
  },
  createdAt: new Date("2026-11-21T00:00:00Z"),
  updatedAt: new Date("2026-11-21T00:00:00Z"),
};
