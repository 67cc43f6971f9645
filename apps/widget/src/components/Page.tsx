import { readable } from "../contrast.ts";
import { Answerer, Body } from "./Body.tsx";
import type { View } from "./view.ts";

/** The chat as a whole page. Its title stands in the document already, before the server was asked. */
export function Page(view: View) {
  const { look, locale } = view.state;
  return (
    <div
      class="root page"
      lang={locale}
      dir={locale === "ar" ? "rtl" : "ltr"}
      style={{ "--brand": readable(look.primaryColor) }}
    >
      <main class="panel" aria-labelledby="title">
        <header>
          <div>
            <h1 id="title">
              <bdi>{look.headerText || document.title}</bdi>
            </h1>
            <Answerer {...view} />
          </div>
        </header>
        <Body {...view} />
      </main>
    </div>
  );
}
