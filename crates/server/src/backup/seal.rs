//! What is written, counted and hashed on its way.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

/// Hands on what is written, and keeps its length and its hash.
pub(super) struct Seal<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Seal<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, hash: Sha256::new(), bytes: 0 }
    }

    /// Where it went, how many bytes there were, and their SHA-256 in hexadecimal.
    pub(super) fn end(self) -> (W, u64, String) {
        (self.out, self.bytes, format!("{:x}", self.hash.finalize()))
    }
}

impl<W: Write> Write for Seal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
