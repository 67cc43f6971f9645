import { defineStrings } from "../../../lib/i18n.ts";

export const modelStrings = defineStrings("studio.model", {
  en: {
    "model.title": "Who writes the answers",
    "model.loading": "Loading the connected models",
    "model.failed": "The connected models could not be loaded",
    "model.settings": "Connect a model in settings",
    "model.not.saved": "The model was not changed",
    "automatic.name": "Automatic",
    "automatic.text": "The connected model writes; without one, or when it fails, the documents are quoted.",
    "builtin.name": "Built-in",
    "builtin.text":
      "Quotes the documents, needs no key. It never invents anything, and says when the answer is not there.",
    "provider.text":
      "Writes in its own words from the passages found. Each sentence is checked against its source.",
    "provider.model": "Model {{model}}",
    "provider.lost":
      "This connection was removed. Until another is chosen, answers are quoted from the documents.",
    "provider.openai": "OpenAI or compatible",
    "provider.anthropic": "Anthropic",
    "provider.grok": "xAI Grok",
    "provider.ollama": "Ollama",
    "claims.title": "When a source does not support a claim",
    "claims.mark": "Show it, marked",
    "claims.mark.text": "The reader sees the answer at once, and which of its claims to doubt.",
    "claims.withhold": "Withhold the answer",
    "claims.withhold.text":
      "The whole answer is checked before anyone sees it. If too many claims fail, a person is offered instead.",
    "claims.judge": "Let the model judge doubtful claims",
    "claims.judge.text":
      "One more call, and only where counting words cannot tell. A wrong number, name or denial stays unsupported.",
    "claims.not.saved": "This was not changed",
    advanced: "Advanced",
    "rag.chunkSize": "Passage length, in characters",
    "rag.chunkSize.hint":
      "{{min}} to {{max}}. Shorter passages are found more exactly; longer ones keep more context together.",
    "rag.overlap": "Overlap of passages, in characters",
    "rag.overlap.hint":
      "{{min}} to {{max}}, less than the length. Keeps a sentence whole that falls on an edge.",
    "rag.topK": "Passages for each answer",
    "rag.topK.hint":
      "{{min}} to {{max}}. More passages cover more, take longer, and may bring in what does not belong.",
    "rag.range": "Give a whole number from {{min}} to {{max}}.",
    "rag.overlap.size": "The overlap must be less than the passage length.",
    "rag.note":
      "Length and overlap count for documents read from now on. To apply them to a document that is already here, choose “Read again” in its menu.",
  },
  fr: {
    "model.title": "Qui écrit les réponses",
    "model.loading": "Chargement des modèles connectés",
    "model.failed": "Les modèles connectés n’ont pas pu être chargés",
    "model.settings": "Connecter un modèle dans les réglages",
    "model.not.saved": "Le modèle n’a pas été changé",
    "automatic.name": "Automatique",
    "automatic.text": "Le modèle connecté rédige ; sans modèle, ou s’il échoue, les documents sont cités.",
    "builtin.name": "Intégré",
    "builtin.text":
      "Cite les documents, sans clé. Il n’invente jamais rien et le dit quand la réponse n’y est pas.",
    "provider.text":
      "Rédige avec ses propres mots d’après les passages trouvés. Chaque phrase est vérifiée d’après sa source.",
    "provider.model": "Modèle {{model}}",
    "provider.lost":
      "Cette connexion a été retirée. Tant qu’aucune autre n’est choisie, les réponses citent les documents.",
    "provider.openai": "OpenAI ou compatible",
    "provider.anthropic": "Anthropic",
    "provider.grok": "xAI Grok",
    "provider.ollama": "Ollama",
    "claims.title": "Quand une source n’appuie pas une affirmation",
    "claims.mark": "La montrer, signalée",
    "claims.mark.text": "On voit la réponse tout de suite, et quelles affirmations sont douteuses.",
    "claims.withhold": "Retenir la réponse",
    "claims.withhold.text":
      "Toute la réponse est vérifiée avant d’être montrée. Si trop d’affirmations échouent, une personne est proposée.",
    "claims.judge": "Faire juger par le modèle les affirmations douteuses",
    "claims.judge.text":
      "Un appel de plus, et seulement là où comparer les mots ne suffit pas. Un nombre, un nom ou une négation faux reste sans appui.",
    "claims.not.saved": "Ce choix n’a pas été changé",
    advanced: "Avancé",
    "rag.chunkSize": "Longueur des passages, en caractères",
    "rag.chunkSize.hint":
      "De {{min}} à {{max}}. Courts, les passages sont trouvés plus précisément ; longs, ils gardent plus de contexte.",
    "rag.overlap": "Chevauchement des passages, en caractères",
    "rag.overlap.hint":
      "De {{min}} à {{max}}, moins que la longueur. Garde entière une phrase qui tombe sur un bord.",
    "rag.topK": "Passages par réponse",
    "rag.topK.hint":
      "De {{min}} à {{max}}. Davantage de passages couvrent plus, prennent plus de temps et peuvent apporter ce qui n’a rien à y faire.",
    "rag.range": "Donnez un nombre entier de {{min}} à {{max}}.",
    "rag.overlap.size": "Le chevauchement doit être inférieur à la longueur des passages.",
    "rag.note":
      "Longueur et chevauchement valent pour les documents lus à partir de maintenant. Pour un document déjà présent, choisissez « Relire le document » dans son menu.",
  },
  ar: {
    "model.title": "من يكتب الإجابات",
    "model.loading": "جارٍ تحميل النماذج المتصلة",
    "model.failed": "تعذّر تحميل النماذج المتصلة",
    "model.settings": "وصل نموذج من الإعدادات",
    "model.not.saved": "لم يتغيّر النموذج",
    "automatic.name": "تلقائي",
    "automatic.text": "يكتب النموذج المتصل، ومن دونه أو عند تعذّره تُقتبس المستندات.",
    "builtin.name": "المدمج",
    "builtin.text": "يقتبس من المستندات ولا يحتاج إلى مفتاح. لا يختلق شيئًا، ويصرّح حين لا توجد الإجابة.",
    "provider.text": "يكتب بكلماته من المقاطع التي وُجدت. تُدقَّق كل جملة بمصدرها.",
    "provider.model": "النموذج {{model}}",
    "provider.lost": "أُزيل هذا الاتصال. إلى أن يُختار غيره تُقتبس الإجابات من المستندات.",
    "provider.openai": "OpenAI أو متوافق معه",
    "provider.anthropic": "Anthropic",
    "provider.grok": "xAI Grok",
    "provider.ollama": "Ollama",
    "claims.title": "حين لا يدعم المصدرُ ما قيل",
    "claims.mark": "إظهاره مع تنبيه",
    "claims.mark.text": "يرى القارئ الإجابة فورًا، ويعرف أيّ أقوالها موضع شك.",
    "claims.withhold": "حجب الإجابة",
    "claims.withhold.text":
      "تُراجع الإجابة كلها قبل أن يراها أحد، وإن لم تثبت أقوال كثيرة يُعرض التحدث إلى شخص.",
    "claims.judge": "دع النموذج يحكم على الأقوال المشكوك فيها",
    "claims.judge.text":
      "نداء إضافي واحد، فقط حيث لا تكفي مقارنة الكلمات. أما الرقم أو الاسم أو النفي الخاطئ فيبقى بلا سند.",
    "claims.not.saved": "لم يتغير هذا الخيار",
    advanced: "متقدّم",
    "rag.chunkSize": "طول المقطع بالأحرف",
    "rag.chunkSize.hint":
      "من {{min}} إلى {{max}}. المقاطع القصيرة يُعثر عليها بدقة أكبر، والطويلة تحفظ سياقًا أوسع.",
    "rag.overlap": "تداخل المقاطع بالأحرف",
    "rag.overlap.hint": "من {{min}} إلى {{max}}، وأقل من الطول. يُبقي الجملة الواقعة على الحافة كاملة.",
    "rag.topK": "عدد المقاطع لكل إجابة",
    "rag.topK.hint":
      "من {{min}} إلى {{max}}. المقاطع الأكثر تغطّي أكثر، وتستغرق وقتًا أطول، وقد تأتي بما لا صلة له.",
    "rag.range": "أدخل عددًا صحيحًا من {{min}} إلى {{max}}.",
    "rag.overlap.size": "يجب أن يكون التداخل أقل من طول المقطع.",
    "rag.note":
      "يسري الطول والتداخل على المستندات التي تُقرأ من الآن. لتطبيقهما على مستند موجود، اختر «القراءة من جديد» من قائمته.",
  },
});
