import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { sessionQuery } from "../lib/session.ts";
import { queryClient } from "../lib/trpc.ts";
import { root } from "./root-route.tsx";
import { searchOf } from "./search.ts";

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (raw) => ({
    ...searchOf.text(raw, "email"),
    ...searchOf.text(raw, "next"),
    ...searchOf.text(raw, "error"),
  }),
  component: lazyRouteComponent(() => import("../features/auth/sign-in-page.tsx"), "SignInPage"),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  validateSearch: (raw) => searchOf.text(raw, "email"),
  component: lazyRouteComponent(() => import("../features/auth/sign-up-page.tsx"), "SignUpPage"),
});

const sso = createRoute({
  getParentRoute: () => root,
  path: "/sso",
  validateSearch: (raw) => ({
    ...searchOf.text(raw, "email"),
    ...searchOf.text(raw, "next"),
    ...searchOf.text(raw, "refused"),
  }),
  component: lazyRouteComponent(() => import("../features/auth/sso-page.tsx"), "SsoPage"),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: "/forgot-password",
  component: lazyRouteComponent(
    () => import("../features/auth/forgot-password-page.tsx"),
    "ForgotPasswordPage",
  ),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: lazyRouteComponent(
    () => import("../features/auth/reset-password-page.tsx"),
    "ResetPasswordPage",
  ),
});

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: "/verify-email",
  component: lazyRouteComponent(() => import("../features/auth/verify-email-page.tsx"), "VerifyEmailPage"),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: "/invite",
  validateSearch: (raw) => searchOf.text(raw, "token"),
  component: lazyRouteComponent(() => import("../features/auth/invite-page.tsx"), "InvitePage"),
});

const secondFactor = createRoute({
  getParentRoute: () => root,
  path: "/second-factor",
  validateSearch: (raw) => searchOf.text(raw, "next"),
  component: lazyRouteComponent(() => import("../features/auth/second-factor-page.tsx"), "SecondFactorPage"),
});

/** A survey by its link, for whoever has it. */
const survey = createRoute({
  getParentRoute: () => root,
  path: "/s/$token",
  component: lazyRouteComponent(() => import("../features/surveys/survey-page.tsx"), "SurveyPage"),
});

/** Where the workspace is suspended or about to be deleted. */
const closed = createRoute({
  getParentRoute: () => root,
  path: "/closed",
  component: lazyRouteComponent(() => import("../features/closed/closed-page.tsx"), "ClosedPage"),
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session === null || session.tenant.status === "active") throw redirect({ to: "/" });
  },
});

/** What is there without a session, or without one that reaches the workspace. */
export const guestRoutes = [
  signIn,
  signUp,
  sso,
  forgotPassword,
  resetPassword,
  verifyEmail,
  invite,
  secondFactor,
  survey,
  closed,
] as const;
