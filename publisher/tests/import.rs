//! Lists into a store and out again.

#[path = "import/common.rs"]
mod common;
#[path = "import/real.rs"]
mod real;
