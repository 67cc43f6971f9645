export { createCustomer } from "./service/create-customer.ts";
