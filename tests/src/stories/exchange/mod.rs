//! Records go out, and come back in.

mod iati;
mod importing;
mod lines;
mod lists;
mod office;
mod popolo;
mod reverting;
