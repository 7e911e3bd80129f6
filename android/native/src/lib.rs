//! The one library for the phone: the data plane, by JNI, and the control
//! plane, which `ringfence-uniffi` exports.
//!
//! The data plane answers while a call waits: it throws nothing and allocates
//! nothing in Java, a verdict takes no lock, and whatever fails, the phone
//! rings.
#![deny(missing_docs)]

mod handles;
mod screener;
mod text;

#[cfg(test)]
mod fake_env;

// Without this the linker leaves the control plane out.
use ringfence_uniffi as _;
