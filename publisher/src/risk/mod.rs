//! The risk map: which blocks of numbers are likely to be reported next.
//!
//! ```text
//! reports, sorted --counts--> decayed counts per block --rates--> cells, each
//! with its lift --map--> the hottest within a budget --> steps over the keys
//! ```
//!
//! `docs/risk-map.md` says where each parameter is from and how well it does.

pub mod counts;
mod map;
pub mod rates;

pub use counts::{BlockCount, counts};
pub use map::{LEAST_NUMBERS, Options, RiskMap, SHARES, UNIT, map};
pub use rates::{MIX, STRENGTH};
