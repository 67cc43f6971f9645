import type { SecurityEventKind } from "../identity/index.ts";

interface Words {
  subject: string;
  happened: string;
  todo: string;
}

interface AlertWords {
  /** What the critical kinds mean. One without words of its own is told of in general ones. */
  kinds: Partial<Record<SecurityEventKind, Words>>;
  others: Words;
  time: string;
  person: string;
  address: string;
  all: string;
  why: string;
}

/** Mails of critical events, to whoever looks after the workspace, in their own language. */
export const alertWords: Record<"en" | "fr" | "ar", AlertWords> = {
  en: {
    kinds: {
      locked_out: {
        subject: "An account was locked after wrong passwords",
        happened:
          "Somebody tried wrong passwords for an account of your workspace until it was locked for a while.",
        todo: "Ask the person whether it was them. If not, have them choose a new password and turn on a second factor.",
      },
      refresh_token_reused: {
        subject: "A used token was shown again",
        happened:
          "A refresh token that had been exchanged already was shown once more: two have it who should be one.",
        todo: "All tokens of that sign-in were ended. Sign in again with the program, and find out where it keeps its tokens.",
      },
      sso_changed: {
        subject: "Single sign-on was changed",
        happened: "The settings by which members sign in through your identity provider were changed.",
        todo: "If none of you did it, look at Settings, Sign-in at once and undo it.",
      },
      tenant_suspended: {
        subject: "Your workspace was suspended",
        happened: "An administrator of this installation suspended your workspace, or let it go on.",
        todo: "Ask whoever runs this installation.",
      },
      tenant_exported: {
        subject: "All of your workspace was exported",
        happened: "Somebody asked for a copy of everything in your workspace.",
        todo: "If none of you did it, end that person's sessions and take their right away.",
      },
      tenant_deletion: {
        subject: "Your workspace is to be deleted",
        happened: "The deletion of your workspace was asked for, or what stands before it changed.",
        todo: "If none of you wants it, cancel it in Settings, Workspace before the grace period ends.",
      },
    },
    others: {
      subject: "Something critical happened in your workspace",
      happened: "Something happened in your workspace that you should look at.",
      todo: "Read what it was.",
    },
    time: "Time",
    person: "Person",
    address: "Address",
    all: "All security events",
    why: "You get this mail because you look after the workspace, at most once an hour for each kind of event.",
  },
  fr: {
    kinds: {
      locked_out: {
        subject: "Un compte a été verrouillé après des mots de passe erronés",
        happened:
          "Quelqu’un a essayé de mauvais mots de passe pour un compte de votre espace de travail, jusqu’à ce qu’il soit verrouillé pour un moment.",
        todo: "Demandez à la personne si c’était elle. Sinon, qu’elle choisisse un nouveau mot de passe et active un second facteur.",
      },
      refresh_token_reused: {
        subject: "Un jeton déjà utilisé a été présenté de nouveau",
        happened:
          "Un jeton de rafraîchissement déjà échangé a été présenté une fois de plus : deux l’ont, qui devraient être un seul.",
        todo: "Tous les jetons de cette connexion ont été révoqués. Reconnectez le programme et cherchez où il garde ses jetons.",
      },
      sso_changed: {
        subject: "L’authentification unique a été modifiée",
        happened:
          "Les réglages par lesquels les membres se connectent avec votre fournisseur d’identité ont été modifiés.",
        todo: "Si ce n’est aucun de vous, ouvrez tout de suite Réglages, Connexion et rétablissez-les.",
      },
      tenant_suspended: {
        subject: "Votre espace de travail a été suspendu",
        happened:
          "Un administrateur de cette installation a suspendu votre espace de travail, ou l’a laissé reprendre.",
        todo: "Demandez à qui gère cette installation.",
      },
      tenant_exported: {
        subject: "Tout votre espace de travail a été exporté",
        happened: "Quelqu’un a demandé une copie de tout ce que contient votre espace de travail.",
        todo: "Si ce n’est aucun de vous, fermez les sessions de cette personne et retirez-lui ce droit.",
      },
      tenant_deletion: {
        subject: "Votre espace de travail doit être supprimé",
        happened: "La suppression de votre espace de travail a été demandée, ou ce qui la précède a changé.",
        todo: "Si aucun de vous ne la veut, annulez-la dans Réglages, Espace de travail avant la fin du délai de grâce.",
      },
    },
    others: {
      subject: "Un événement critique s’est produit dans votre espace de travail",
      happened: "Un événement que vous devriez regarder s’est produit dans votre espace de travail.",
      todo: "Lisez ce que c’était.",
    },
    time: "Heure",
    person: "Personne",
    address: "Adresse",
    all: "Tous les événements de sécurité",
    why: "Vous recevez ce message parce que vous gérez l’espace de travail, au plus une fois par heure pour chaque type d’événement.",
  },
  ar: {
    kinds: {
      locked_out: {
        subject: "قُفل حساب بعد كلمات مرور خاطئة",
        happened: "جرّب أحدهم كلمات مرور خاطئة لحساب في مساحة عملك حتى قُفل لبعض الوقت.",
        todo: "اسأل صاحب الحساب إن كان هو من فعل ذلك. إن لم يكن، فليختر كلمة مرور جديدة وليفعّل عاملًا ثانيًا.",
      },
      refresh_token_reused: {
        subject: "قُدّم رمز مستعمل مرة أخرى",
        happened: "قُدّم مرة أخرى رمز تجديد سبق استبداله: يملكه اثنان وكان ينبغي أن يكون لواحد.",
        todo: "أُنهيت كل رموز تسجيل الدخول هذا. سجّل دخول البرنامج من جديد، وابحث أين يحفظ رموزه.",
      },
      sso_changed: {
        subject: "تغيّر تسجيل الدخول الموحّد",
        happened: "تغيّرت الإعدادات التي يسجّل بها الأعضاء دخولهم عبر موفّر الهوية لديك.",
        todo: "إن لم يفعل ذلك أحد منكم، فافتح الإعدادات ثم تسجيل الدخول حالًا وأعدها كما كانت.",
      },
      tenant_suspended: {
        subject: "عُلّقت مساحة عملك",
        happened: "علّق أحد مديري هذا التثبيت مساحة عملك، أو سمح لها بالاستمرار.",
        todo: "اسأل من يدير هذا التثبيت.",
      },
      tenant_exported: {
        subject: "صُدّر كل ما في مساحة عملك",
        happened: "طلب أحدهم نسخة من كل ما في مساحة عملك.",
        todo: "إن لم يفعل ذلك أحد منكم، فأنهِ جلسات ذلك الشخص واسحب منه هذا الحق.",
      },
      tenant_deletion: {
        subject: "ستُحذف مساحة عملك",
        happened: "طُلب حذف مساحة عملك، أو تغيّر ما يسبق الحذف.",
        todo: "إن لم يُرد ذلك أحد منكم، فألغِه في الإعدادات ثم مساحة العمل قبل انتهاء المهلة.",
      },
    },
    others: {
      subject: "وقع أمر خطير في مساحة عملك",
      happened: "وقع في مساحة عملك أمر ينبغي أن تنظر فيه.",
      todo: "اقرأ ما هو.",
    },
    time: "الوقت",
    person: "الشخص",
    address: "العنوان",
    all: "كل الأحداث الأمنية",
    why: "تصلك هذه الرسالة لأنك ترعى مساحة العمل، مرة في الساعة على الأكثر لكل نوع من الأحداث.",
  },
};
