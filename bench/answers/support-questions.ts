/*
 * Questions as people ask them of a product's documentation. `holds` is what a right answer must quote, read without
 * marks and case. Those without it have no answer in any of the three knowledge bases.
 */

export type SupportBase = "chatwoot" | "fastify" | "guide";

export interface SupportQuestion {
  base: SupportBase;
  question: string;
  holds?: RegExp;
}

const chatwoot: readonly [string, RegExp?][] = [
  ["How do I turn off telemetry?", /disable_telemetry/],
  ["Does Chatwoot send my customers' data anywhere?", /none of your customer data/],
  ["How many sign-in attempts are allowed before I get blocked?", /5 requests/],
  ["What is the maximum size of an attachment in the website channel?", /40mb/],
  ["How much memory does my server need?", /4gb ram/],
  ["Which version of Ruby is required?", /ruby 3\.2/],
  ["Can I install Chatwoot on Windows?", /virtual machine/],
  ["How do I back up the database?", /pg_dump/],
  ["How do I restore a backup?", /new chatwoot installation|purge the database/],
  ["Why do messages stay on Sent and never become Delivered?", /accepted by|delivery status|device/],
  ["Can I resend a message that failed?", /one-click resend/],
  ["What do I do if a user loses their authenticator?", /backup codes|reset mfa/i],
  ["How do I enable two-factor authentication for my account?", /enable two-factor authentication/],
  ["How much does the enterprise edition cost?", /\$19/],
  ["Can I move my license to another server?", /installation identifier|license/],
  ["How do I upgrade Chatwoot on a Linux server?", /cwctl/],
  ["How do I get an SSL certificate for my help center?", /certbot/],
  ["Which URLs must be reachable for license activation?", /hub\.2\.chatwoot\.com/],
  ["How long does it take to get an answer by email from support?", /2 business days/],
  ["Can I change the branding?", /branding/],
  ["How do I connect a Telegram bot in development?", /botfather|ngrok/],
  ["How do I book a hotel room?"],
  ["What are your opening hours on Sundays?"],
  ["Which credit cards do you accept?"],
  ["How do I return a damaged parcel?"],
  ["Can I pay my electricity bill in instalments?"],
  ["Does the washing machine have a spin cycle?"],
  ["Who won the football match last night?"],
];

const fastify: readonly [string, RegExp?][] = [
  ["How do I enable logging?", /logger: true/],
  ["Which logging library does Fastify use?", /pino/],
  ["What is the default limit for the size of a request body?", /1048576|1mib/i],
  ["How long is a major release supported?", /six months/],
  ["How can I test a route without starting the server?", /inject/],
  ["Which hook runs first when a request comes in?", /onrequest/],
  ["How do I change the response status code?", /code\(|statuscode|status code/],
  ["How do I redirect to another URL?", /redirect/],
  ["How do I decorate the request object?", /decoraterequest|decorate/],
  ["What does the default error handler send?", /json|statuscode|payload/],
  ["How do I set a timeout for plugins to load?", /plugintimeout|milliseconds/],
  ["How can I serve requests over HTTPS?", /https/],
  ["How do I give all routes a prefix?", /prefix/],
  ["What happens if a hook throws an error?", /error/],
  ["Should I use Fastify behind a reverse proxy?", /reverse proxy/],
  ["How do I validate the query string?", /querystring|schema/],
  ["How do I cancel my gym membership?"],
  ["What is the warranty on the vacuum cleaner?"],
  ["How many vacation days do employees have?"],
  ["Where can I park near the airport?"],
  ["How do I bake sourdough bread?"],
  ["What does a visa for Japan cost?"],
];

const guide: readonly [string, RegExp?][] = [
  ["What happens when a file cannot be read?", /failed|reason/],
  ["How big can my files be?", /50 mb/],
  ["Can I upload Excel spreadsheets?", /xlsx/],
  ["How do I delete a document?", /choose "delete"/],
  ["I forgot my password, what now?", /demo-password|reset a forgotten password/],
  ["How do I put the chat on my website?", /embed code/],
  ["Can I limit the widget to certain domains?", /allowed sites/],
  ["Does the widget work on a phone?", /mobile phones/],
  ["Are scanned PDFs supported?", /ocr/],
  ["Why is my document stuck in processing?", /worker/],
  ["How often are websites read again?", /every hour, day, week or month|read again/],
  ["Which languages does the widget speak?", /english, french and arabic/],
  ["How many passages are used for an answer?", /5 best passages/],
  ["What should I do when the server says the port is in use?", /eaddrinuse|set port/],
  ["How do I change the colour of the widget?", /widget tab/],
  ["How do I order a pizza?"],
  ["What is the fare from Paris to Lyon?"],
  ["How do I renew my passport?"],
  ["Is there a student discount on shoes?"],
  ["How do I reset my router?"],
  ["Who is the head of the marketing department?"],
  ["What is the weather tomorrow?"],
];

const of = (base: SupportBase, questions: readonly [string, RegExp?][]): SupportQuestion[] =>
  questions.map(([question, holds]) => ({ base, question, ...(holds && { holds }) }));

export const SUPPORT_QUESTIONS: readonly SupportQuestion[] = [
  ...of("chatwoot", chatwoot),
  ...of("fastify", fastify),
  ...of("guide", guide),
];
