//! What it means that several lists of one origin name the same number.

use serde::{Deserialize, Serialize};

use super::store::Counts;

/// How the lists of one origin add up. Those of different origins always do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Each row is something that happened: all are added up.
    Events,
    /// Each row is something that happened, and each list has all rows of those
    /// before it: rows of one list are added up, and of the lists that have a
    /// number on a day the one with most counts.
    Snapshot,
    /// Each list says how things are on its day, be it that a number is listed
    /// or how many voted against it. Of each number the latest report holds; of
    /// the same day the one with most votes, then the milder kind.
    State,
}

impl Counting {
    /// What rows of one list that say the same come to.
    pub(super) fn within_a_list(self) -> Counts {
        match self {
            Self::Events | Self::Snapshot => Counts::Add,
            Self::State => Counts::Most,
        }
    }

    /// What lists that say the same come to.
    pub(super) fn across_lists(self) -> Counts {
        match self {
            Self::Events => Counts::Add,
            Self::Snapshot | Self::State => Counts::Most,
        }
    }
}
