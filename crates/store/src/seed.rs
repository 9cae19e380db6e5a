//! Loading the reference data.
