/** The package ships no types; these are the lists that we use. */
declare module "stopword" {
  export const eng: string[];
  export const fra: string[];
  export const ara: string[];
  export const deu: string[];
  export const spa: string[];
  export const ita: string[];
  export const por: string[];
  export const nld: string[];
}
