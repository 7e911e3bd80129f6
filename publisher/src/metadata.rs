//! libphonenumber's metadata, as the crate `phonenumber` reads it.

use std::path::Path;

use phonenumber::metadata::{DATABASE, Database, Descriptor, Metadata};
use ringfence::number::Kind;

use crate::Error;

/// The version of the metadata that the crate `phonenumber` carries.
pub const BUILT_IN_VERSION: &str = "9.0.33";

/// A pattern of national significant numbers and the lengths they have.
#[derive(Clone, Debug)]
pub struct Description {
    /// The pattern, as a regular expression.
    pub pattern: String,
    /// Bit *n* is set if numbers of *n* digits are possible.
    pub lengths: u32,
}

/// What the metadata says of a territory.
#[derive(Clone, Debug)]
pub struct Territory {
    /// `GB`, or `001`.
    pub region: String,
    /// The calling code, 1 to 999.
    pub calling_code: u16,
    /// The general description; its lengths are those of all kinds.
    pub general: Description,
    /// Lengths that are dialled only within an area, as bits.
    pub local_lengths: u32,
    /// The kinds, in the order in which libphonenumber tries them.
    pub kinds: Vec<(Kind, Description)>,
    /// International prefix, as a regular expression.
    pub international_prefix: Option<String>,
    /// National prefix for parsing, as a regular expression.
    pub national_prefix: Option<String>,
    /// What the national prefix is replaced with.
    pub transform_rule: Option<String>,
    /// The leading digits that alone tell this territory, as a regular
    /// expression.
    pub leading_digits: Option<String>,
}

/// All territories, grouped by calling code in rising order; in a group the
/// main territory comes first, the others in the order of the metadata.
#[derive(Clone, Debug)]
pub struct World {
    /// The groups.
    pub groups: Vec<Vec<Territory>>,
    /// libphonenumber's version.
    pub version: String,
}

impl World {
    /// The metadata built into the crate `phonenumber`.
    ///
    /// # Errors
    /// [`Error::Metadata`] if it has what this publisher cannot read.
    pub fn built_in() -> Result<Self, Error> {
        Self::from_database(&DATABASE, BUILT_IN_VERSION)
    }

    /// Reads a `PhoneNumberMetadata.xml` of libphonenumber's `version`.
    ///
    /// # Errors
    /// [`Error::Metadata`] if it cannot be read.
    pub fn from_xml(path: &Path, version: &str) -> Result<Self, Error> {
        let database = Database::load(path).map_err(|error| {
            Error::Metadata(format!(
                "{}: {error}; give libphonenumber's PhoneNumberMetadata.xml",
                path.display()
            ))
        })?;
        let fine = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        if version.is_empty() || !version.bytes().all(fine) {
            let message = "give its version as libphonenumber does, such as 9.0.43";
            return Err(Error::Metadata(message.to_owned()));
        }
        Self::from_database(&database, version)
    }

    fn from_database(database: &Database, version: &str) -> Result<Self, Error> {
        let groups = (1..1000_u16).filter_map(|code| database.by_code(&code));
        let groups = groups.map(|group| group.into_iter().map(territory).collect());
        Ok(Self {
            groups: groups.collect::<Result<_, _>>()?,
            version: version.to_owned(),
        })
    }

    /// Keeps only the calling codes of `regions`.
    ///
    /// # Errors
    /// [`Error::NoSuchRegion`] if a region is not in the metadata.
    pub fn retain(&mut self, regions: &[String]) -> Result<(), Error> {
        let has = |group: &Vec<Territory>, region: &String| {
            group.iter().any(|territory| territory.region == *region)
        };
        for region in regions {
            if !self.groups.iter().any(|group| has(group, region)) {
                return Err(Error::NoSuchRegion(region.clone()));
            }
        }
        self.groups
            .retain(|group| regions.iter().any(|region| has(group, region)));
        Ok(())
    }
}

fn territory(metadata: &Metadata) -> Result<Territory, Error> {
    let descriptors = metadata.descriptors();
    // The order of libphonenumber's `getNumberTypeHelper`.
    let kinds = [
        (Kind::PremiumRate, descriptors.premium_rate()),
        (Kind::TollFree, descriptors.toll_free()),
        (Kind::SharedCost, descriptors.shared_cost()),
        (Kind::Voip, descriptors.voip()),
        (Kind::PersonalNumber, descriptors.personal_number()),
        (Kind::Pager, descriptors.pager()),
        (Kind::Uan, descriptors.uan()),
        (Kind::Voicemail, descriptors.voicemail()),
        (Kind::FixedLine, descriptors.fixed_line()),
        (Kind::Mobile, descriptors.mobile()),
    ];
    let kinds = kinds
        .into_iter()
        .filter_map(|(kind, found)| Some((kind, found?)));
    let (mut lengths, mut local_lengths) = (0, 0);
    let mut described = Vec::new();
    // The XML gives lengths only for the kinds; libphonenumber's own build
    // makes the general description's from them.
    for (kind, descriptor) in kinds {
        let own = bits(descriptor.possible_length())?;
        lengths |= own;
        local_lengths |= bits(descriptor.possible_local_length())?;
        described.push((kind, description(descriptor, own)));
    }
    let general = descriptors.general();
    lengths |= bits(general.possible_length())?;
    local_lengths |= bits(general.possible_local_length())?;
    let text = |regex: Option<&str>| regex.filter(|regex| !regex.is_empty()).map(str::to_owned);
    let prefix = metadata
        .national_prefix_for_parsing()
        .map(|regex| regex.as_str());
    Ok(Territory {
        region: metadata.id().to_owned(),
        calling_code: metadata.country_code(),
        general: description(general, lengths),
        local_lengths: local_lengths & !lengths,
        kinds: described,
        international_prefix: text(metadata.international_prefix().map(|regex| regex.as_str())),
        national_prefix: text(prefix).or_else(|| text(metadata.national_prefix())),
        transform_rule: text(metadata.national_prefix_transform_rule()),
        leading_digits: text(metadata.leading_digits().map(|regex| regex.as_str())),
    })
}

fn description(descriptor: &Descriptor, lengths: u32) -> Description {
    Description {
        pattern: descriptor.national_number().as_str().to_owned(),
        lengths,
    }
}

fn bits(lengths: &[u16]) -> Result<u32, Error> {
    lengths.iter().try_fold(0, |bits, &length| {
        let bit = 1_u32.checked_shl(length.into());
        Ok(bits | bit.ok_or_else(|| Error::Metadata(format!("a length of {length} digits")))?)
    })
}
