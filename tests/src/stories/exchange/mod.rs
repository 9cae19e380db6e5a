//! Records go out, and come back in.

mod lines;
mod lists;
mod popolo;
