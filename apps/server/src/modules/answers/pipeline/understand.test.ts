import { describe, expect, test } from "vitest";
import { understand } from "./understand.ts";

const EARLIER = ["How long do refunds take?"];

describe("wants a human", () => {
  test.each([
    "I want to talk to a person",
    "can I speak to someone?",
    "Could I please speak with a human agent",
    "talk to a human",
    "human please",
    "agent",
    "real person please",
    "connect me to an agent",
    "Please transfer me to a representative.",
    "get me a real person",
    "I need a human",
    "I'd like to chat with someone from support",
    "let me talk to your colleague",
    "is there a human I can talk to?",
    "put me through to an operator",
    "I don't want a bot, give me a human",
    "I want to talk to a human about an invoice.",
    "Can I speak to someone because my order never came?",
    "Je veux parler à quelqu'un",
    "je voudrais parler à un conseiller",
    "Puis-je parler à une vraie personne ?",
    "un humain svp",
    "passez-moi un conseiller",
    "mettez-moi en relation avec un agent",
    "je voudrais parler à quelqu'un au sujet de ma facture",
    "أريد التحدث إلى شخص",
    "هل يمكنني التحدث إلى شخص",
    "هل يمكنني التحدث مع موظف خدمة العملاء؟",
    "ممكن أتكلم مع موظف",
    "حولني إلى موظف",
    "اريد موظف",
    "أريد التحدث إلى شخص بخصوص فاتورة",
  ])("%s", (message) => {
    expect(understand(message, []).intent).toBe("wants_human");
  });
});

describe("asks about humans, and wants an answer", () => {
  test.each([
    "how do I talk to a person in sales?",
    "can agents be assigned?",
    "How can a customer talk to an agent in the widget?",
    "What happens when a visitor wants to speak to a person?",
    "Can visitors chat with an agent on WhatsApp?",
    "How many agents can I add?",
    "Do agents get me a notification?",
    "What does a human agent cost?",
    "Which person signs the contract?",
    "I need an agent license, what does it cost?",
    "When is a conversation transferred to an agent?",
    "Comment parler à un conseiller depuis l'application ?",
    "Combien d'agents puis-je ajouter ?",
    "Un agent peut-il voir mes messages ?",
    "كم عدد الموظفين؟",
    "كيف يمكن للعميل التحدث إلى موظف؟",
    "هل يمكن تعيين موظف للمحادثة؟",
  ])("%s", (message) => {
    expect(understand(message, []).intent).toBe("question");
  });
});

describe("small talk", () => {
  test.each([
    ["hello", "greeting"],
    ["Hi there!", "greeting"],
    ["hey 👋", "greeting"],
    ["Good morning", "greeting"],
    ["hello, how are you?", "greeting"],
    ["Bonjour !", "greeting"],
    ["bonjour à tous", "greeting"],
    ["Salut, ça va ?", "greeting"],
    ["مرحبا", "greeting"],
    ["السلام عليكم ورحمة الله", "greeting"],
    ["صباح الخير", "greeting"],
    ["thanks", "thanks"],
    ["Thank you very much!", "thanks"],
    ["ok thanks", "thanks"],
    ["perfect, thank you", "thanks"],
    ["merci beaucoup", "thanks"],
    ["شكرا جزيلا", "thanks"],
  ])("%s: %s", (message, intent) => {
    expect(understand(message, EARLIER).intent).toBe(intent);
  });

  test.each([
    "hello, I need a refund",
    "thanks, and what does shipping cost?",
    "thanks but it does not work",
    "Hi, what is the price?",
    "merci, et pour la livraison ?",
    "مرحبا، كم السعر؟",
    "What is the greeting message?",
    "How do I thank a customer?",
    "hi-fi settings",
  ])("is none: %s", (message) => {
    expect(understand(message, []).intent).toBe("question");
  });
});

describe("a follow-up is read together with the question before it", () => {
  test.each([
    "and to France?",
    "what about gift cards?",
    "how about express?",
    "why?",
    "how so?",
    "and how much does it cost?",
    "is it free?",
    "Can I change it?",
    "for one route only?",
    "et pour la Belgique ?",
    "pourquoi ?",
    "et si je paie par carte ?",
    "وماذا عن فرنسا؟",
    "ماذا عن البطاقات؟",
    "لماذا؟",
  ])("%s", (message) => {
    const { rewritten, standaloneQuestion } = understand(message, EARLIER);
    expect({ rewritten, standaloneQuestion }).toEqual({
      rewritten: true,
      standaloneQuestion: `${message}\n${EARLIER[0]}`,
    });
  });

  test.each([
    "What is the default port?",
    "Who invented topology?",
    "How do I install it on Kubernetes with Helm charts?",
    "Is there a free trial of the enterprise plan?",
    "Why do requests time out?",
    "What is the weather in Berlin?",
    "Are there discounts for students?",
    "Where is that setting in the admin console of WordPress?",
    "Quel est le prix de l'abonnement ?",
    "Y a-t-il une application mobile ?",
    "ما هي ساعات العمل؟",
    "وكم سعر الاشتراك الشهري في الخطة؟",
    "hello world example",
  ])("a new question stays alone: %s", (message) => {
    expect(understand(message, EARLIER)).toMatchObject({ rewritten: false, standaloneQuestion: message });
  });

  test("nothing was asked before", () => {
    expect(understand("and to France?", []).rewritten).toBe(false);
  });

  test("small talk and wishes for a human are no question to lean on", () => {
    const { standaloneQuestion } = understand("why?", ["How long do refunds take?", "thanks", "hello"]);
    expect(standaloneQuestion).toBe("why?\nHow long do refunds take?");
  });
});
