//! The pages by which people sign in: plain forms, without scripts.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

/// Nothing is loaded or run but the style of this server, and forms lead nowhere else.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A page, with what has to be said above all else.
pub(super) fn page(status: StatusCode, title: &str, told: Option<&str>, body: &Markup) -> Response {
    page_to(status, title, told, body, None)
}

/// A page that leads on to another by itself.
fn page_to(status: StatusCode, title: &str, told: Option<&str>, body: &Markup, to: Option<&str>) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if let Some(to) = to { meta http-equiv="refresh" content={ "0; url=" (to) }; }
                title { (title) " - Entente" }
                link rel="stylesheet" href="/page.css";
            }
            body {
                main {
                    h1 { (title) }
                    @if let Some(told) = told { p role="alert" { strong { (told) } } }
                    (body)
                }
            }
        }
    };
    let heads = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, heads, page.into_string()).into_response()
}

/// For whoever has not signed in: with the provider that this button is of, with a password, or either.
pub(super) fn sign_in(button: Option<&str>, has_form: bool) -> Markup {
    html! {
        @if let Some(button) = button { p { a.button href="/sign-in/provider" { (button) } } }
        @if has_form {
            form method="post" action="/sign-in" {
                p { label { "Name or e-mail address" br; input name="name" required autofocus autocomplete="username" maxlength="320"; } }
                p { label { "Password" br; input name="password" type="password" required autocomplete="current-password"; } }
                p { button type="submit" { "Sign in" } }
            }
        }
    }
}

/// For whoever has.
pub(super) fn signed_in(name: &str, role: vocab::Role, has_password: bool) -> Markup {
    html! {
        p { "You are signed in as " strong { (name) } ", in the role " (role) "." }
        p { a href="/" { "Go on" } }
        @if has_password { p { a href="/password" { "Change your password" } } }
        form method="post" action="/sign-out" { p { button type="submit" { "Sign out" } } }
    }
}

/// Where somebody changes their own password.
pub(super) fn password() -> Markup {
    html! {
        p { "Wherever else you are signed in, you will not be any more." }
        form method="post" action="/password" {
            p { label { "Your password until now" br;
                input name="old" type="password" required autofocus autocomplete="current-password"; } }
            p { label { "The new one, of at least 12 characters" br;
                input name="new" type="password" required autocomplete="new-password"; } }
            p { label { "The new one again" br; input name="again" type="password" required autocomplete="new-password"; } }
            p { button type="submit" { "Change it" } }
        }
        p { a href="/sign-in" { "Leave it as it is" } }
    }
}

/// For whoever has signed out here, and goes on to do so at the provider. A form would not be let to lead there.
pub(super) fn signing_out(to: &str) -> Response {
    let body = html! { p { a href=(to) { "Sign out at the provider too" } } };
    page_to(StatusCode::OK, "You are signed out here", None, &body, Some(to))
}

/// Where the first admin is made.
pub(super) fn first_admin(secret: &str) -> Markup {
    html! {
        p { "Nobody can sign in yet. The account made here may do everything, and makes the others." }
        form method="post" action={ "/first-admin/" (secret) } {
            p { label { "Name" br; input name="name" required autofocus autocomplete="name" maxlength="200"; } }
            p { label { "E-mail address" br; input name="email" type="email" autocomplete="email" maxlength="320"; } }
            p { label { "Password, of at least 12 characters" br;
                input name="password" type="password" required autocomplete="new-password"; } }
            p { button type="submit" { "Make the account and sign in" } }
        }
    }
}
