export { recogniseVisitor } from "./service/identify-visitor.ts";
