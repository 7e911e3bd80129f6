//! Lists into a store and out again.

// Numbers are grouped as people write them.
#![allow(clippy::inconsistent_digit_grouping)]

#[path = "import/common.rs"]
mod common;
#[path = "import/counting.rs"]
mod counting;
#[path = "import/damage.rs"]
mod damage;
#[path = "import/formats.rs"]
mod formats;
#[path = "import/packed.rs"]
mod packed;
#[path = "import/prefixes.rs"]
mod prefixes;
#[path = "import/real.rs"]
mod real;
#[path = "import/store.rs"]
mod store;
