//! The section `plan`: the numbering plan as one automaton and its tables.
//!
//! Written in the layout of [`ringfence::number::layout`].

use ringfence::number::layout;

use crate::Error;
use crate::classification::Classification;
use crate::function::{Builder, Root};
use crate::languages::Languages;
use crate::metadata::{Territory, World};
use crate::prefix::{Actions, Prefix};

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
    let countries = territories
        .iter()
        .filter(|territory| territory.region != "001")
        .count();
    if territories.len() >= 1 << 9 {
        return Err(Error::TooLarge("the table of territories"));
    }
    if world.groups.len() > 255 || countries > 255 {
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
    let actions = actions.into_inner();

    let mut bytes = Vec::new();
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
    for (index, territory) in territories.iter().take(countries).enumerate() {
        let letters = territory
            .region
            .bytes()
            .map(|byte| usize::from(byte - b'A'));
        let pair = letters.fold(0, |pair, letter| pair * 26 + letter);
        bytes[layout::REGION_INDEX + pair] = index as u8 + 1;
    }
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
        for field in [territory.general.lengths, territory.local_lengths] {
            bytes.extend(field.to_le_bytes());
        }
        let [_, international, national] = roots;
        for root in [international, national] {
            bytes.extend(builder.first_digits(root).to_le_bytes());
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
