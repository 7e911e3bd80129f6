//! Deflating what the phone inflates when it is asked for.

use zopfli::{BlockType, DeflateEncoder, Options, Write};

use crate::Error;

/// The bytes as a raw DEFLATE stream, about as short as one can be: it takes
/// seconds, and inflates like any other. The encoder computes without the
/// machine's mathematics, so the stream is the same everywhere.
pub fn deflate(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut stream = Vec::new();
    let mut encoder = DeflateEncoder::new(Options::default(), BlockType::Dynamic, &mut stream);
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    match written {
        Ok(_) => Ok(stream),
        Err(_) => Err(Error::TooLarge("a deflated section")),
    }
}
