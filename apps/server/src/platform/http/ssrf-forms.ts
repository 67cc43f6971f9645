/** Hosts that lead inside, in every spelling we know; `PORT` is where the canary listens. */
const hosts = [
  // IPv4 loopback: parts left out, decimal, hexadecimal, octal, other scripts, trailing dot
  ...[
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7F.1",
    "0x7f.0x0.0x0.0x1",
  ],
  ...[
    "0177.0.0.1",
    "017700000001",
    "0177.0x0.0.1",
    "127.0.0.1.",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "１２７.0.0.1",
    "%31%32%37.0.0.1",
  ],
  // this host, by address and by name
  ...["0", "0.0.0.0", "0x0", "localhost", "LOCALHOST", "localhost.", "ⓛocalhost", "printer.localhost"],
  // IPv6: loopback, unspecified, and IPv4 inside IPv6 (mapped, compatible, translated, NAT64, 6to4, Teredo)
  ...[
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:1]",
  ],
  ...["[::127.0.0.1]", "[::7f00:1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]"],
  ...[
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[2001:0:7f00:1::]",
    "[2001:0:4136:e378::80ff:fffe]",
  ],
  // IPv6 that is not for the public: link, site and unique local, multicast, discard, documentation, ORCHID
  ...["[fe80::1]", "[fec0::1]", "[fc00::1]", "[fd12:3456::1]", "[fd00:ec2::254]", "[ff02::1]", "[100::1]"],
  ...["[2001:db8::1]", "[2001:10::1]", "[2001:20::1]", "[2001:2::1]", "[4000::1]"],
  // private networks, carrier NAT, link local with the metadata service, and reserved blocks
  ...["10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255"],
  ...[
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "169.254.0.1",
  ],
  ...[
    "100.64.0.1",
    "100.127.255.254",
    "100.100.100.200",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
  ],
  ...[
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
  ],
  // names whose answer is inside, in whole or in part
  ...[
    "inside.example",
    "INSIDE.example.",
    "inside6.example",
    "mixed.example",
    "mapped.example",
    "nat64.example",
  ],
  ...["nothing.example"],
];

/** Whole URLs that fool a naive parser, or leave HTTP. */
const urls = [
  ...[
    "http://user@127.0.0.1:PORT/",
    "http://user:word@127.0.0.1:PORT/",
    "http://public.example@127.0.0.1:PORT/",
  ],
  ...[
    "http://127.0.0.1:PORT@public.example/",
    "http://public.example\\@127.0.0.1:PORT/",
    "http://:x@93.184.216.34/",
  ],
  ...[
    "http://127.0.0.1:PORT#@public.example/",
    "http:/127.0.0.1:PORT/",
    "http:127.0.0.1:PORT/",
    "http:\\\\127.0.0.1:PORT",
  ],
  ...[
    "http:///127.0.0.1:PORT/",
    "http://127.0.0.1\t:PORT/",
    "ht\ntp://127.0.0.1:PORT/",
    " http://127.0.0.1:PORT/ ",
  ],
  ...["file:///etc/passwd", "ftp://127.0.0.1:PORT/", "gopher://127.0.0.1:PORT/_x", "ws://127.0.0.1:PORT/"],
  ...[
    "data:text/plain,x",
    "javascript:alert(1)",
    "about:blank",
    "blob:http://127.0.0.1:PORT/x",
    "dict://127.0.0.1:PORT/",
  ],
  ...[
    "ldap://127.0.0.1:PORT/",
    "mailto:a@example.org",
    "//127.0.0.1:PORT/",
    "/path",
    "",
    "http://",
    "127.0.0.1:PORT",
  ],
  ...["http://93.184.216.34:25/", "http://93.184.216.34:22/", "http://[::1", "http://127.0.0.1:99999/"],
];

/** URLs that an SSRF guard must refuse, for tests. `PORT` stands for the port of a canary on 127.0.0.1. */
export const ssrfForms: string[] = [...hosts.map((host) => `http://${host}:PORT/`), ...urls];
