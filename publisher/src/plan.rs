//! The section `plan`: the numbering plan as one automaton and its tables.
//!
//! Written in the layout of [`ringfence::number::layout`].

use std::cell::RefCell;
use std::collections::BTreeSet;

use ringfence::number::{Kind, layout};

use crate::Error;
use crate::function::{Builder, Function, Root};
use crate::metadata::{Territory, World};
use crate::pattern::{Instruction, Machine};

/// Most digits of a national significant number.
const MAX_NATIONAL: u8 = 17;

/// Writes the section.
///
/// # Errors
/// [`Error::Metadata`] if the metadata has something that cannot be compiled,
/// [`Error::TooLarge`] if it outgrows the format.
pub fn write(world: &World) -> Result<Vec<u8>, Error> {
    let mut territories: Vec<&Territory> = world.groups.iter().flatten().collect();
    territories.sort_by_key(|territory| {
        let world = territory.region == "001";
        (world, &territory.region, territory.calling_code)
    });
    let number_of = |wanted: &Territory| {
        let same = |territory: &&Territory| {
            (&territory.region, territory.calling_code) == (&wanted.region, wanted.calling_code)
        };
        let index = territories.iter().position(same);
        index.map_or(0, |index| index as u16 + 1)
    };
    if territories.len() >= 1 << 9 {
        return Err(Error::TooLarge("the table of territories"));
    }
    if world.groups.len() > 255 {
        return Err(Error::TooLarge("the table of calling codes"));
    }

    let mut builder = Builder::default();
    let actions = Actions::default();
    let mut classifications = Vec::new();
    for group in &world.groups {
        let numbers = group.iter().map(number_of).collect();
        classifications.push(builder.add(&Classification::new(group, numbers)?));
    }
    let mut roots = Vec::new();
    for territory in &territories {
        let general = Languages::new(&[&territory.general.pattern])?;
        let general = builder.add(&general);
        let international = match &territory.international_prefix {
            Some(pattern) => builder.add(&Prefix::international(pattern)?),
            None => Root::NOTHING,
        };
        let national = match &territory.national_prefix {
            Some(pattern) => {
                let rule = territory.transform_rule.as_deref();
                builder.add(&Prefix::national(pattern, rule, &actions)?)
            }
            None => Root::NOTHING,
        };
        roots.push([general, international, national]);
    }
    let automaton = builder.write()?;
    let actions = actions.0.into_inner();

    let mut bytes = Vec::new();
    let countries = territories
        .iter()
        .filter(|territory| territory.region != "001")
        .count();
    for count in [
        territories.len(),
        countries,
        world.groups.len(),
        actions.len(),
    ] {
        bytes.extend((count as u16).to_le_bytes());
    }
    bytes.extend((automaton.words.len() as u32).to_le_bytes());
    bytes.resize(layout::CODES, 0);
    for (index, group) in world.groups.iter().enumerate() {
        let main = &group[0];
        bytes[layout::CODE_INDEX + usize::from(main.calling_code)] = index as u8 + 1;
        let flags = if group.len() == 1 { layout::SINGLE } else { 0 };
        let address = automaton.address(classifications[index]);
        for field in [main.calling_code, number_of(main), address, flags] {
            bytes.extend(field.to_le_bytes());
        }
    }
    for (territory, roots) in territories.iter().zip(roots) {
        let mut region = [0; 4];
        region[..territory.region.len()].copy_from_slice(territory.region.as_bytes());
        bytes.extend(region);
        bytes.extend(territory.calling_code.to_le_bytes());
        for root in roots {
            bytes.extend(automaton.address(root).to_le_bytes());
        }
        for field in [territory.general.lengths, territory.local_lengths, 0] {
            bytes.extend(field.to_le_bytes());
        }
    }
    for action in &actions {
        let mut literal = [0; layout::MAX_LITERAL];
        literal[..action.literal.len()].copy_from_slice(&action.literal);
        bytes.extend([
            action.end,
            action.from,
            action.to,
            action.literal.len() as u8,
        ]);
        bytes.extend(literal);
    }
    bytes.extend(automaton.words.iter().flat_map(|word| word.to_le_bytes()));
    Ok(bytes)
}

/// A set of places in a machine that read digits or match, sorted.
type Places = Vec<usize>;

/// The set of patterns of a machine that a string matches as a whole: the
/// base of functions that need no captures.
pub(crate) struct Languages {
    machine: Machine,
    starts: Vec<usize>,
}

impl Languages {
    /// Patterns, labelled by their place in the list.
    pub fn new(patterns: &[&str]) -> Result<Self, Error> {
        let mut machine = Machine::default();
        let starts = patterns.iter().enumerate();
        let starts = starts.map(|(label, pattern)| machine.add(pattern, label as u32));
        Ok(Self {
            starts: starts.collect::<Result<_, _>>()?,
            machine,
        })
    }

    pub fn first(&self) -> Places {
        self.close(self.starts.clone())
    }

    pub fn step(&self, places: &[usize], digit: u8) -> Places {
        let next = places.iter().filter_map(|&at| match *self.machine.at(at) {
            Instruction::Digit(digits, next) if digits >> digit & 1 == 1 => Some(next),
            _ => None,
        });
        self.close(next.collect())
    }

    /// The labels of the patterns that match what was read.
    pub fn matched(&self, places: &[usize]) -> impl Iterator<Item = u32> {
        places.iter().filter_map(|&at| match *self.machine.at(at) {
            Instruction::Match(label) => Some(label),
            _ => None,
        })
    }

    fn close(&self, mut open: Vec<usize>) -> Places {
        let mut closed = BTreeSet::new();
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.machine.at(at) {
                Instruction::Split(places) => open.extend(places),
                Instruction::Save(_, next) => open.push(*next),
                // Only whole strings are matched here, so where an end is
                // asked for, a match follows or nothing does.
                Instruction::AtEnd(next) => open.push(*next),
                Instruction::Digit(..) | Instruction::Match(_) => {
                    closed.insert(at);
                }
            }
        }
        closed.into_iter().collect()
    }
}

/// Whether a number matches the one pattern.
impl Function for Languages {
    type State = Places;

    fn start(&self) -> Places {
        self.first()
    }

    fn constant(&self, places: &Places) -> Option<u16> {
        places.is_empty().then_some(0)
    }

    fn end(&self, places: &Places) -> u16 {
        u16::from(self.matched(places).next().is_some())
    }

    fn next(&self, places: &Places, digit: u8) -> Places {
        self.step(places, digit)
    }
}

/// From national significant numbers to territory and kind: libphonenumber's
/// `getRegionCodeForNumber` and `getNumberType` in one.
struct Classification<'a> {
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

#[derive(Clone, PartialEq, Eq, Hash)]
struct Classified {
    places: Places,
    /// Territories whose leading digits were read, as bits.
    led: u64,
    read: u8,
}

impl<'a> Classification<'a> {
    fn new(group: &'a [Territory], numbers: Vec<u16>) -> Result<Self, Error> {
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

/// How a national prefix is taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Action {
    end: u8,
    from: u8,
    to: u8,
    literal: Vec<u8>,
}

/// The actions of all territories, each once.
#[derive(Default)]
struct Actions(RefCell<Vec<Action>>);

impl Actions {
    /// The action's number, from 1; 0 for one that does nothing.
    fn number(&self, action: Action) -> u16 {
        if action.end == 0 && action.literal.is_empty() {
            return 0;
        }
        let mut actions = self.0.borrow_mut();
        let found = actions.iter().position(|other| *other == action);
        let index = found.unwrap_or_else(|| {
            actions.push(action);
            actions.len() - 1
        });
        index as u16 + 1
    }
}

/// The rule that a national prefix is replaced by: digits, then a group.
struct Rule {
    literal: Vec<u8>,
    group: usize,
}

impl Rule {
    fn parse(rule: &str) -> Result<Self, Error> {
        let unknown = || {
            Error::Metadata(format!(
                "the national prefix is replaced by {rule}; only digits and then one group are known"
            ))
        };
        let (literal, group) = rule.split_once('$').ok_or_else(unknown)?;
        let literal: Option<Vec<u8>> = literal
            .chars()
            .map(|digit| Some(digit.to_digit(10)? as u8))
            .collect();
        let literal = literal.filter(|literal| literal.len() <= layout::MAX_LITERAL);
        Ok(Self {
            literal: literal.ok_or_else(unknown)?,
            group: group
                .parse()
                .ok()
                .filter(|&group| group > 0)
                .ok_or_else(unknown)?,
        })
    }
}

/// From what was dialled to what a prefix pattern makes of its start.
///
/// Matches as a backtracking engine does (the first alternative that matches
/// wins), by running all threads side by side in their order of preference.
struct Prefix<'a> {
    machine: Machine,
    start: usize,
    /// From the end of the match and the groups to the output.
    output: Box<dyn Fn(u8, &[Option<u8>]) -> u16 + 'a>,
}

/// Where a thread stands, and the positions it noted.
type Thread = (usize, Vec<Option<u8>>);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Running {
    threads: Vec<Thread>,
    /// The output of the best match so far.
    best: u16,
    read: u8,
}

impl<'a> Prefix<'a> {
    fn new(pattern: &str, output: impl Fn(u8, &[Option<u8>]) -> u16 + 'a) -> Result<Self, Error> {
        let mut machine = Machine::default();
        let start = machine.add(pattern, 0)?;
        Ok(Self {
            start,
            machine,
            output: Box::new(output),
        })
    }

    /// The output is the length of the prefix.
    fn international(pattern: &str) -> Result<Self, Error> {
        Self::new(pattern, |end, _| end.into())
    }

    /// The output is the number of the action to take.
    fn national(pattern: &str, rule: Option<&str>, actions: &'a Actions) -> Result<Self, Error> {
        let rule = rule.map(Rule::parse).transpose()?;
        Self::new(pattern, move |end, slots| {
            let group = |group: usize| {
                let from = slots.get(2 * group - 2).copied().flatten();
                from.zip(slots.get(2 * group - 1).copied().flatten())
            };
            let last = slots.len() / 2;
            let action = match &rule {
                // Only if the last group took part is anything replaced.
                Some(rule) if last > 0 && group(last).is_some() => {
                    let (from, to) = group(rule.group).unwrap_or((0, 0));
                    Action {
                        end,
                        from,
                        to,
                        literal: rule.literal.clone(),
                    }
                }
                _ => Action {
                    end,
                    from: 0,
                    to: 0,
                    literal: Vec::new(),
                },
            };
            actions.number(action)
        })
    }

    /// The threads that read a digit or match next, in order of preference.
    fn close(&self, running: &Running, at_end: bool) -> Vec<Thread> {
        let mut closed = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<Thread> = running.threads.iter().rev().cloned().collect();
        while let Some((at, slots)) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.machine.at(at) {
                Instruction::Split(places) => {
                    open.extend(places.iter().rev().map(|&place| (place, slots.clone())));
                }
                Instruction::Save(slot, next) => {
                    let mut slots = slots;
                    slots[*slot] = Some(running.read);
                    open.push((*next, slots));
                }
                Instruction::AtEnd(next) if at_end => open.push((*next, slots)),
                Instruction::AtEnd(_) => {}
                Instruction::Digit(..) | Instruction::Match(_) => closed.push((at, slots)),
            }
        }
        closed
    }
}

impl Function for Prefix<'_> {
    type State = Running;

    fn start(&self) -> Running {
        Running {
            threads: vec![(self.start, vec![None; 2 * self.machine.groups()])],
            best: 0,
            read: 0,
        }
    }

    fn constant(&self, running: &Running) -> Option<u16> {
        running.threads.is_empty().then_some(running.best)
    }

    fn end(&self, running: &Running) -> u16 {
        let matched = self.close(running, true).into_iter();
        let mut matched =
            matched.filter(|(at, _)| matches!(self.machine.at(*at), Instruction::Match(_)));
        match matched.next() {
            Some((_, slots)) => (self.output)(running.read, &slots),
            None => running.best,
        }
    }

    fn next(&self, running: &Running, digit: u8) -> Running {
        let mut next = Running {
            threads: Vec::new(),
            best: running.best,
            read: running.read + 1,
        };
        for (at, slots) in self.close(running, false) {
            match *self.machine.at(at) {
                // What is preferred less than a match does not run on.
                Instruction::Match(_) => {
                    next.best = (self.output)(running.read, &slots);
                    break;
                }
                Instruction::Digit(digits, to) if digits >> digit & 1 == 1 => {
                    next.threads.push((to, slots));
                }
                _ => {}
            }
        }
        next
    }
}
