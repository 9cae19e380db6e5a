//! The house rules. Each is a pure function from the files of the tree to what is wrong with them, so that a rule can be
//! shown a made-up tree: a rule that cannot fail keeps nothing.

mod bans;
mod deployment;
mod documents;
mod leaning;
mod length;
mod silence;
mod tree;
mod writes;
