//! Asks the running system what a user would ask, on both databases, and keeps the house rules.

mod house;
mod stories;
mod world;
