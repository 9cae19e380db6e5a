//! Requests to a small schema.
