//! What a person wrote about a call, read with the database's lexicon and
//! model.
//!
//! The path of a note: [`Words`] folds it to plain words, [`Lexicon`] finds
//! concepts in them, [`Features`] puts words, letters and concepts together,
//! and the model adds up what each speaks for.

mod features;
mod fold;
mod hash;
mod language;
mod lexicon;
mod model;
mod words;

pub use features::{BUCKETS, Block, Feature, Features};
pub use hash::Hash;
pub use language::{Language, UnknownLanguage};
pub use lexicon::{Lexicon, Match, layout as lexicon_layout, slip_hash};
pub use model::{Model, Reading, Target, layout as model_layout};
pub use words::{MAX_NOTE, Words};
