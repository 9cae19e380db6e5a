//! Papers as PDF, where the program is built with the feature `pdf`: its compiler is heavier than all the rest of the program.

#[cfg(feature = "pdf")]
mod fonts;
#[cfg(feature = "pdf")]
mod make;
mod press;
#[cfg(all(test, feature = "pdf"))]
mod tests;
#[cfg(feature = "pdf")]
mod world;

#[cfg(feature = "pdf")]
pub(crate) use make::pdf;
pub use press::{Jam, Press};

/// Whether the fonts of the system have the letters of our languages; none where nothing is set in any.
#[cfg(feature = "pdf")]
pub(crate) fn fonts() -> Option<Result<(), crate::Failure>> {
    let letters = "ABCabc éèàçœ ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
    let fonts = fonts::Fonts::of_the_system(|_| true);
    Some(fonts.setting(letters, vocab::Language::Ar).map(drop))
}

/// The same, where there is no PDF.
#[cfg(not(feature = "pdf"))]
pub(crate) fn fonts() -> Option<Result<(), crate::Failure>> {
    None
}

#[cfg(not(feature = "pdf"))]
pub(crate) fn pdf(_: &briefing::Paper) -> Result<Vec<u8>, crate::Failure> {
    Err(crate::Failure::asked_wrong(
        "this program was built without PDF: take the page, which a browser prints (--format html, or over HTTP .html), or build it with \
         `cargo build --release -p entente --features pdf`, as the Dockerfile does",
    ))
}
