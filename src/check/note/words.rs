//! A note as folded words with their place in it.

use std::fmt;
use std::ops::Range;

use super::fold::{Folded, fold};

/// Longest part of a note that is read, in bytes: some 2,500 words, which
/// bounds the time a hostile note takes.
pub const MAX_NOTE: usize = 16 * 1024;
/// Longest word, in letters; the rest of a longer one is passed over.
const MAX_WORD: usize = 32;
/// Longest note, in words.
const MAX_WORDS: usize = 4096;

/// A word of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where its folded letters start and end in [`Words::letters`].
    start: u32,
    end: u32,
    /// Where it stands in the note, in bytes.
    from: u32,
    to: u32,
    /// The clause it stands in, counted by punctuation.
    pub clause: u16,
}

/// The words of a note: letters folded to `a`-`z`, digits, apostrophes, and
/// signs such as the pound's as words of their own. Its
/// [`Debug`](fmt::Debug) does not show them.
#[derive(Clone, Default)]
pub struct Words {
    letters: Vec<u8>,
    words: Vec<Word>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.words.len())
    }
}

impl Words {
    /// Reads a note. Of a note longer than [`MAX_NOTE`] bytes only that much
    /// is read. Every text is accepted.
    pub fn new(note: &str) -> Self {
        let mut reader = Reader::default();
        for (at, c) in note.char_indices() {
            if at >= MAX_NOTE || reader.out.words.len() >= MAX_WORDS {
                break;
            }
            reader.read(at as u32, (at + c.len_utf8()) as u32, fold(c));
        }
        reader.end_word();
        reader.out.join_spelt();
        reader.out
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The folded letters of the word `index`; empty beyond the last.
    pub fn text(&self, index: usize) -> &[u8] {
        let word = self.words.get(index);
        word.and_then(|word| self.letters.get(word.start as usize..word.end as usize))
            .unwrap_or_default()
    }

    /// The clause of the word `index`.
    pub fn clause(&self, index: usize) -> u16 {
        self.words.get(index).map_or(u16::MAX, |word| word.clause)
    }

    /// Where the words `first..first + count` stand in the note, in bytes.
    pub fn span(&self, first: usize, count: usize) -> Range<usize> {
        let from = self.words.get(first).map_or(0, |word| word.from);
        let last = self.words.get((first + count).saturating_sub(1));
        from as usize..last.map_or(from, |word| word.to) as usize
    }

    /// The same note without some of its words.
    #[must_use]
    pub fn without(&self, left_out: impl Fn(usize) -> bool) -> Self {
        let words = self.words.iter().enumerate();
        let kept = words.filter(|&(index, _)| !left_out(index));
        Self {
            letters: self.letters.clone(),
            words: kept.map(|(_, &word)| word).collect(),
        }
    }

    /// Joins letters spelt one by one, three or more, as dictation writes
    /// them: "h m r c" becomes one word.
    fn join_spelt(&mut self) {
        let single = |word: &Word| word.end - word.start == 1;
        let letter = |letters: &[u8], word: &Word| {
            single(word) && letters[word.start as usize].is_ascii_lowercase()
        };
        let mut joined = Vec::with_capacity(self.words.len());
        let mut index = 0;
        while index < self.words.len() {
            let run = self.words[index..]
                .iter()
                .take_while(|word| letter(&self.letters, word))
                .count();
            if run < 3 {
                joined.extend_from_slice(&self.words[index..index + run.max(1)]);
                index += run.max(1);
                continue;
            }
            let spelt = &self.words[index..index + run];
            let start = self.letters.len() as u32;
            for word in spelt.iter().take(MAX_WORD) {
                self.letters.push(self.letters[word.start as usize]);
            }
            let (first, last) = (spelt[0], spelt[run - 1]);
            joined.push(Word {
                start,
                end: self.letters.len() as u32,
                to: last.to,
                ..first
            });
            index += run;
        }
        self.words = joined;
    }
}

/// The state of reading.
#[derive(Default)]
struct Reader {
    out: Words,
    /// The word being read, if any.
    open: Option<Word>,
    clause: u16,
}

impl Reader {
    fn read(&mut self, from: u32, to: u32, folded: Folded) {
        match folded {
            Folded::Letter(byte) | Folded::Digit(byte) => self.push(byte, from, to),
            Folded::Apostrophe => self.apostrophe(from, to),
            Folded::Sign(byte) => {
                self.end_word();
                self.push(byte, from, to);
                self.end_word();
            }
            Folded::Space => self.end_word(),
            Folded::Stop => {
                self.end_word();
                self.clause = self.clause.saturating_add(1);
            }
            Folded::Nothing => {}
        }
    }

    fn push(&mut self, byte: u8, from: u32, to: u32) {
        let start = self.out.letters.len() as u32;
        let word = self.open.get_or_insert(Word {
            start,
            end: start,
            from,
            to,
            clause: self.clause,
        });
        word.to = to;
        if ((word.end - word.start) as usize) < MAX_WORD {
            self.out.letters.push(byte);
            word.end += 1;
        }
    }

    /// An apostrophe belongs to a word that it stands in, not to one that it
    /// opens or ends.
    fn apostrophe(&mut self, from: u32, to: u32) {
        if self.open.is_some() {
            self.push(b'\'', from, to);
        }
    }

    fn end_word(&mut self) {
        let Some(mut word) = self.open.take() else {
            return;
        };
        let letters = &mut self.out.letters;
        while word.end > word.start && letters[word.end as usize - 1] == b'\'' {
            letters.pop();
            word.end -= 1;
        }
        if word.end == word.start {
            return;
        }
        // French and Italian elisions are two words: "l'appareil", "dell'app".
        let text = &letters[word.start as usize..word.end as usize];
        let split = text.iter().position(|&byte| byte == b'\'');
        match split {
            Some(at) if at <= 5 && text.len() - at > 3 => {
                let (head, tail) = (word.start + at as u32, word.start + at as u32 + 1);
                self.out.words.push(Word { end: head, ..word });
                self.out.words.push(Word {
                    start: tail,
                    ..word
                });
            }
            _ => self.out.words.push(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(note: &str) -> Vec<String> {
        let words = Words::new(note);
        (0..words.len())
            .map(|index| String::from_utf8(words.text(index).to_vec()).unwrap())
            .collect()
    }

    #[test]
    fn disguises_fold_to_the_same_words() {
        let plain = texts("amazon anydesk cafe 1500");
        for disguise in [
            "AMAZON AnyDesk Café 1500",
            "аmаzоn аnуdеsk cafe\u{301} １５００",
            "a\u{200B}maz\u{200D}on any\u{AD}desk \u{202E}cafe\u{202C} ١٥٠٠",
            "ⓐⓜⓐⓩⓞⓝ 𝐚𝐧𝐲𝐝𝐞𝐬𝐤 𝒄𝒂𝒇𝒆 𝟏𝟓𝟎𝟎",
        ] {
            assert_eq!(texts(disguise), plain, "{disguise}");
        }
    }

    #[test]
    fn words_keep_their_place_and_clause() {
        let note = "Don’t pay £39, l'appareil h m r c";
        assert_eq!(
            texts(note),
            ["don't", "pay", "P", "39", "l", "appareil", "hmrc"]
        );
        let words = Words::new(note);
        assert_eq!(&note[words.span(0, 1)], "Don’t");
        assert_eq!(&note[words.span(6, 1)], "h m r c");
        assert_eq!(&note[words.span(1, 3)], "pay £39");
        assert_eq!((words.clause(3), words.clause(4)), (0, 1));
    }

    #[test]
    fn a_hostile_note_is_bounded() {
        let words = Words::new(&"a".repeat(100_000));
        assert_eq!((words.len(), words.text(0).len()), (1, MAX_WORD));
        assert!(Words::new(&"x1 ".repeat(100_000)).len() <= MAX_WORDS);
        assert!(Words::new("'''' \u{202E}\u{0}\u{7} ''").is_empty());
    }
}
