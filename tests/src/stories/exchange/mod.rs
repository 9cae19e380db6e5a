//! Records go out, and come back in.

mod iati;
mod lines;
mod lists;
mod popolo;
