//! What users do, a file for each side of it.

mod journey;
mod keeping;
mod reference;
mod tables;
