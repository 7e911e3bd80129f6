//! The classification of a calling code's numbers.

use ringfence::number::{Kind, layout};

use crate::Error;
use crate::function::Function;
use crate::languages::{Languages, Places};
use crate::metadata::Territory;

/// Most digits of a national significant number.
const MAX_NATIONAL: u8 = 17;

/// From national significant numbers to territory and kind: libphonenumber's
/// `getRegionCodeForNumber` and `getNumberType` in one.
pub struct Classification<'a> {
    group: &'a [Territory],
    numbers: Vec<u16>,
    languages: Languages,
    /// What each label stands for.
    labels: Vec<Label>,
}

#[derive(Clone, Copy)]
enum Label {
    General(usize),
    /// Territory, place in its list of kinds.
    Kind(usize, usize),
    Leading(usize),
}

/// What is known after some digits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Classified {
    places: Places,
    /// Territories whose leading digits were read, as bits.
    led: u64,
    read: u8,
}

impl<'a> Classification<'a> {
    /// The classification of a group of territories that share a calling
    /// code, with their numbers in the plan.
    ///
    /// # Errors
    /// [`Error::Metadata`] if a pattern cannot be compiled.
    pub fn new(group: &'a [Territory], numbers: Vec<u16>) -> Result<Self, Error> {
        let mut labels = Vec::new();
        let mut patterns: Vec<&str> = Vec::new();
        for (index, territory) in group.iter().enumerate() {
            patterns.push(&territory.general.pattern);
            labels.push(Label::General(index));
            for (place, (_, description)) in territory.kinds.iter().enumerate() {
                patterns.push(&description.pattern);
                labels.push(Label::Kind(index, place));
            }
            // A territory that is alone with its calling code needs none.
            if let (Some(pattern), true) = (&territory.leading_digits, group.len() > 1) {
                patterns.push(pattern);
                labels.push(Label::Leading(index));
            }
        }
        Ok(Self {
            languages: Languages::new(&patterns)?,
            group,
            numbers,
            labels,
        })
    }

    fn classified(&self, places: Places, led: u64, read: u8) -> Classified {
        let led = self.languages.matched(&places).fold(led, |led, label| {
            match self.labels[label as usize] {
                Label::Leading(territory) => led | 1 << territory,
                _ => led,
            }
        });
        Classified { places, led, read }
    }

    /// The kind of a number that was read as a whole, in one territory.
    fn kind(&self, state: &Classified, territory: usize) -> Kind {
        let length = 1_u32 << state.read;
        let entry = &self.group[territory];
        let mut general = false;
        let mut matched = 0_u32;
        for label in self.languages.matched(&state.places) {
            match self.labels[label as usize] {
                Label::General(index) if index == territory => {
                    general = entry.general.lengths & length != 0;
                }
                Label::Kind(index, place) if index == territory => {
                    let fits = entry.kinds[place].1.lengths & length != 0;
                    matched |= u32::from(fits) << place;
                }
                _ => {}
            }
        }
        if !general {
            return Kind::Unknown;
        }
        let mut kinds = entry.kinds.iter().enumerate();
        let mut kinds = kinds
            .by_ref()
            .filter(|(place, _)| matched >> place & 1 == 1)
            .map(|(_, (kind, _))| *kind);
        match (kinds.next(), kinds.next()) {
            (None, _) => Kind::Unknown,
            (Some(Kind::FixedLine), Some(Kind::Mobile)) => Kind::FixedLineOrMobile,
            (Some(kind), _) => kind,
        }
    }

    /// The output: the first territory whose leading digits were read, or, if
    /// it has none, in which `kind_of` knows the kind.
    fn output(&self, led: u64, kind_of: impl Fn(usize) -> Kind) -> u16 {
        for (index, territory) in self.group.iter().enumerate() {
            let sticky = territory.leading_digits.is_some() && self.group.len() > 1;
            if sticky && led >> index & 1 == 0 {
                continue;
            }
            let kind = kind_of(index);
            if sticky || kind != Kind::Unknown {
                let sticky = if sticky { layout::STICKY } else { 0 };
                return kind as u16 | self.numbers[index] << layout::TERRITORY_SHIFT | sticky;
            }
        }
        0
    }
}

impl Function for Classification<'_> {
    type State = Classified;

    fn start(&self) -> Classified {
        self.classified(self.languages.first(), 0, 0)
    }

    fn constant(&self, state: &Classified) -> Option<u16> {
        let over = state.places.is_empty() || state.read > MAX_NATIONAL;
        over.then(|| self.output(state.led, |_| Kind::Unknown))
    }

    fn end(&self, state: &Classified) -> u16 {
        self.output(state.led, |territory| self.kind(state, territory))
    }

    fn next(&self, state: &Classified, digit: u8) -> Classified {
        let places = self.languages.step(&state.places, digit);
        self.classified(places, state.led, state.read + 1)
    }

    fn miss(&self, output: u16) -> u16 {
        layout::without_kind(output)
    }
}
