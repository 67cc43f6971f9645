export { type Template, templateLocales } from "./templates.schema.ts";
export { findTemplate, listTemplates, templateGreetings } from "./templates.service.ts";
