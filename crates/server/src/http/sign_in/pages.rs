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
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
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

/// For whoever has not signed in.
pub(super) fn sign_in() -> Markup {
    html! {
        form method="post" action="/sign-in" {
            p { label { "Name or e-mail address" br; input name="name" required autofocus autocomplete="username" maxlength="320"; } }
            p { label { "Password" br; input name="password" type="password" required autocomplete="current-password"; } }
            p { button type="submit" { "Sign in" } }
        }
    }
}

/// For whoever has.
pub(super) fn signed_in(name: &str, role: vocab::Role) -> Markup {
    html! {
        p { "You are signed in as " strong { (name) } ", in the role " (role) "." }
        p { a href="/" { "Go on" } }
        form method="post" action="/sign-out" { p { button type="submit" { "Sign out" } } }
    }
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
