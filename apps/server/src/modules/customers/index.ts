export { customerErased, customerMerged, customerUpdated } from "./customers.events.ts";
export {
  type CustomerRow,
  describeCustomers,
  findCustomer,
  liveCustomerId,
  lockPair,
  type MergeRow,
  standingMerges,
} from "./customers.queries.ts";
export {
  type Customer,
  customerFields,
  customerFilter,
  customerSchema,
  type Identity,
  identityLists,
} from "./customers.schema.ts";
export { names, type Person, type PersonalData, withoutWords } from "./personal-data.ts";
export { addCustomer, createCustomer } from "./service/create-customer.ts";
export { foldCustomers, unfoldCustomers } from "./service/fold.ts";
export { forgetCustomer, personalWords } from "./service/forget.ts";
export { identify, recogniseSigned } from "./service/identify.ts";
export { getIdentitySecret, resealIdentitySecret, rotateIdentitySecret } from "./service/identity-secret.ts";
export { listCustomers } from "./service/list-customers.ts";
export { keepTypedEmail, updateCustomer } from "./service/update-customer.ts";
export { checkVerification, sendVerification, tidyVerifications } from "./service/verification.ts";
